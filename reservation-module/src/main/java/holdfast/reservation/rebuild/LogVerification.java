package holdfast.reservation.rebuild;

import holdfast.reservation.Progress;
import holdfast.reservation.ReservationStatus;
import holdfast.reservation.Verification;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

/** One look at one moment: see {@link Verification}. */
public final class LogVerification implements Verification {

    private static final String COUNTS =
            """
            select count(*) filter (where type = 'Reservation') from domain_event_entry
            """;

    /** When the oldest of the application's connections came; none: nothing runs. */
    private static final String SINCE =
            """
            select min(backend_start) from pg_stat_activity
            where datname = current_database() and application_name = 'holdfast'
            """;

    private final DataSource database;
    private final Duration lateAfter;

    public LogVerification(DataSource database, Duration lateAfter) {
        this.database = database;
        this.lateAfter = lateAfter;
    }

    @Override
    public Result run(Progress progress) throws SQLException {
        long begun = System.nanoTime();
        try (var connection = database.getConnection()) {
            Snapshots.begin(connection);
            var differences = new Differences();
            var late = new LateExpiry(connection, lateAfter, differences);
            var rules = new Rules(differences);
            long total = one(connection, COUNTS);
            long events = 0;
            long reservations = 0;
            long rows;
            long claims;
            try (var lives = Lives.all(connection, rules::check);
                    var comparison = new Comparison(connection, differences)) {
                for (var life = lives.next(); life != null; life = lives.next()) {
                    comparison.compare(life);
                    late.check(life);
                    events += life.events();
                    reservations++;
                    progress.at("comparing reservations", events, total);
                }
                comparison.finish();
                rows = comparison.rows();
                claims = comparison.claims();
            }
            new Occupied(differences)
                    .check(connection, read -> progress.at("counting places", read, total));
            connection.rollback();
            return new Result(
                    events,
                    reservations,
                    rows,
                    claims,
                    differences.count(),
                    differences.named(),
                    Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private static long one(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            found.next();
            return found.getLong(1);
        }
    }

    /** Holds that ended and stand as holds for too long, though somebody ran who should know. */
    private static final class LateExpiry {

        private final Differences differences;
        private final long before;

        LateExpiry(Connection connection, Duration lateAfter, Differences differences)
                throws SQLException {
            this.differences = differences;
            try (var statement = connection.createStatement();
                    var found =
                            statement.executeQuery("select now(), (%s)".formatted(SINCE.strip()))) {
                found.next();
                before = bound(found, lateAfter);
            }
        }

        private static long bound(ResultSet found, Duration lateAfter) throws SQLException {
            long latest = Cursor.micros(found, 1) - lateAfter.toNanos() / 1_000;
            @Nullable Object since = found.getObject(2);
            // Who has just begun has not had the time yet.
            return since == null || Cursor.micros(found, 2) > latest ? Long.MIN_VALUE : latest;
        }

        void check(Life life) {
            if (life.status() == ReservationStatus.RESERVED && life.expiresAt() < before) {
                differences.add(
                        life.reservation(),
                        "late",
                        "the hold ended at %s, and nothing says so"
                                .formatted(Micros.instant(life.expiresAt())));
            }
        }
    }
}
