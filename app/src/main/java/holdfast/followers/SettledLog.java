package holdfast.followers;

import org.jspecify.annotations.Nullable;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads the log in its order, and no further than where it can still change.
 *
 * <p>A number is handed out before its transaction commits, so one that is missing may still come.
 * Whoever took it has held a lock on the log's table since before. So where numbers are missing,
 * the reader notes who holds such a lock, waits until these have ended, and reads again: what is
 * missing then was rolled back.
 */
public final class SettledLog {

    private static final String AFTER =
            "select %s from domain_event_entry where global_index > ? order by global_index limit ?"
                    .formatted(LoggedEvent.COLUMNS);

    private static final String WRITERS =
            """
            select array_agg(virtualtransaction) from pg_locks
            where locktype = 'relation' and mode = 'RowExclusiveLock' and granted
              and relation = 'domain_event_entry'::regclass
              and database = (select oid from pg_database where datname = current_database())
              and (?::text[] is null or virtualtransaction = any (?::text[]))
            """;

    /** Transactions that write events are short; a longer one is looked at again later. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private SettledLog() {}

    /**
     * The next events, in order.
     *
     * @param connection which must see what was committed before each statement (READ COMMITTED)
     * @param position of the last event read so far; 0 for none
     * @param atMost how many; positive
     * @return empty if there are no more, or if the next one is not settled yet
     */
    public static List<LoggedEvent> after(Connection connection, long position, int atMost)
            throws SQLException {
        var seen = read(connection, position, atMost);
        if (isWithoutGap(position, seen)) {
            return seen;
        }
        var writers = writers(connection, null);
        long begun = System.nanoTime();
        while (writers != null && System.nanoTime() - begun < PATIENCE_NANOS) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            writers = writers(connection, writers);
        }
        long last = seen.getLast().position();
        if (writers == null) {
            var settled = read(connection, position, atMost);
            return settled.stream().takeWhile(event -> event.position() <= last).toList();
        }
        var beforeTheGap = new ArrayList<LoggedEvent>();
        for (var event : seen) {
            if (event.position() != position + 1 + beforeTheGap.size()) {
                break;
            }
            beforeTheGap.add(event);
        }
        return beforeTheGap;
    }

    private static boolean isWithoutGap(long position, List<LoggedEvent> events) {
        return events.isEmpty() || events.getLast().position() == position + events.size();
    }

    private static List<LoggedEvent> read(Connection connection, long position, int atMost)
            throws SQLException {
        try (var statement = connection.prepareStatement(AFTER)) {
            statement.setLong(1, position);
            statement.setInt(2, atMost);
            try (var rows = statement.executeQuery()) {
                var events = new ArrayList<LoggedEvent>();
                while (rows.next()) {
                    events.add(LoggedEvent.of(rows));
                }
                return events;
            }
        }
    }

    /**
     * @param among null: all there are
     * @return null: none
     */
    private static @Nullable Array writers(Connection connection, @Nullable Array among)
            throws SQLException {
        try (var statement = connection.prepareStatement(WRITERS)) {
            statement.setArray(1, among);
            statement.setArray(2, among);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getArray(1);
            }
        }
    }
}
