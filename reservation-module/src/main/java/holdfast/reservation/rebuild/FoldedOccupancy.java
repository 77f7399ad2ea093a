package holdfast.reservation.rebuild;

import holdfast.catalogue.TenantId;
import holdfast.reservation.OversellProof;
import holdfast.reservation.Progress;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

/** One look at one moment: see {@link OversellProof}. */
public final class FoldedOccupancy implements OversellProof {

    private static final String COUNT =
            "select count(*) from domain_event_entry where type = 'Reservation'";

    /** Streams of other kinds, in which numbers are missing or stand in another order. */
    private static final String BROKEN =
            """
            select aggregate_identifier from (
                select aggregate_identifier, sequence_number,
                       row_number() over (
                           partition by aggregate_identifier order by global_index) - 1 as due
                from domain_event_entry where type is distinct from 'Reservation') numbered
            where sequence_number <> due
            group by aggregate_identifier order by aggregate_identifier
            """;

    private final DataSource database;
    private final @Nullable String tenant;

    public FoldedOccupancy(DataSource database, @Nullable TenantId tenant) {
        this.database = database;
        this.tenant = tenant == null ? null : tenant.text();
    }

    @Override
    public Result run(Progress progress) throws SQLException {
        long begun = System.nanoTime();
        try (var connection = database.getConnection()) {
            Snapshots.begin(connection);
            var differences = new Differences();
            checkOtherStreams(connection, differences);
            var rules = new Rules(differences);
            long total = count(connection);
            long events = 0;
            long reservations = 0;
            try (var lives =
                    Lives.all(
                            connection,
                            (life, event) -> {
                                if (isLookedAt(event)) {
                                    rules.check(life, event);
                                }
                            })) {
                for (var life = lives.next(); life != null; life = lives.next()) {
                    if (tenant == null || life.status() != null && tenant.equals(life.tenant())) {
                        events += life.events();
                        reservations++;
                    }
                    progress.at("checking streams", events, total);
                }
            }
            var occupied = new Occupied(differences, tenant);
            occupied.check(connection, read -> progress.at("counting places", read, total));
            connection.rollback();
            return new Result(
                    events,
                    reservations,
                    occupied.peaks(),
                    differences.count(),
                    differences.named(),
                    Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private boolean isLookedAt(StoredEvent event) {
        return tenant == null || tenant.equals(Payload.of(event.payload()).tenant);
    }

    /** Among them the catalogues, which say how many places there are. */
    private void checkOtherStreams(Connection connection, Differences differences)
            throws SQLException {
        try (var broken = new Cursor<>(connection, BROKEN, row -> row.getString(1))) {
            while (broken.peek() != null) {
                var stream = broken.take();
                if (tenant == null || stream.equals("catalogue:" + tenant)) {
                    differences.add(stream, "stream", "numbers are missing or out of order");
                }
            }
        }
    }

    private static long count(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(COUNT)) {
            found.next();
            return found.getLong(1);
        }
    }
}
