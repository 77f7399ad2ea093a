package holdfast.audit.past;

import holdfast.followers.LoggedEvent;

import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Writes {@code log_mark}. An index on the times of the log itself would cost every booking
 * something.
 */
final class LogMarks {

    /** How many events a mark stands for before the next one begins; about, batches stay whole. */
    private static final int EVENTS = 1_000;

    private final JdbcTemplate sql;

    LogMarks(JdbcTemplate sql) {
        this.sql = sql;
    }

    void follow(List<LoggedEvent> events) {
        var earliest =
                events.stream()
                        .map(LoggedEvent::recordedAt)
                        .min(Instant::compareTo)
                        .orElseThrow()
                        .atOffset(ZoneOffset.UTC);
        if (!lengthened(events, earliest)) {
            sql.update(
                    "insert into log_mark values (?, ?, ?, ?)",
                    events.getFirst().position(),
                    events.getLast().position(),
                    events.size(),
                    earliest);
        }
    }

    /** Whether the last mark takes them in. */
    private boolean lengthened(List<LoggedEvent> events, OffsetDateTime earliest) {
        return sql.update(
                        """
                        update log_mark
                        set last_position = ?, events = events + ?, earliest = least(earliest, ?)
                        where first_position = (select max(first_position) from log_mark)
                          and events + ? <= ?
                        """,
                        events.getLast().position(),
                        events.size(),
                        earliest,
                        events.size(),
                        EVENTS)
                == 1;
    }
}
