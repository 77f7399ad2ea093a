package holdfast.reservation.rebuild;

import holdfast.reservation.rebuild.Payload.Span;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes the new ledger. Which places somebody has is not in the log, so they are dealt anew, and
 * for that the claims have to come pool by pool in the order of their starts: they are put down
 * first and sorted by the database.
 */
final class NewLedger {

    static final NewTable TABLE = new NewTable("claim");

    private static final String COLUMNS =
            " (tenant, places, place, capacity, reservation, busy, visit, hold_until)";

    /** One place that somebody has. */
    private record Taken(
            String tenant,
            String places,
            int capacity,
            UUID reservation,
            Span busy,
            Span visit,
            @Nullable Long holdUntil) {

        boolean isOnSamePlacesAs(@Nullable Taken other) {
            return other != null && places.equals(other.places) && tenant.equals(other.tenant);
        }
    }

    private record Places(String tenant, String id) {}

    private NewLedger() {}

    /** Puts claims down, to be dealt when all of them are there. */
    static final class Heap {

        private final CopyRows rows;

        Heap(Connection connection) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(
                        """
                        create temporary table claim_undealt (
                            tenant text collate "C", places text collate "C", capacity integer,
                            units integer, reservation uuid, busy_from bigint, busy_to bigint,
                            visit_from bigint, visit_to bigint, hold_until bigint)
                        on commit drop
                        """);
            }
            rows = new CopyRows(connection, "claim_undealt");
        }

        void add(Life life) throws SQLException {
            for (var claimed : life.claimed()) {
                rows.row(10)
                        .text(life.tenant())
                        .text(claimed.places())
                        .integer(claimed.capacity())
                        .integer(claimed.units())
                        .uuid(life.reservation())
                        .number(life.busy().from())
                        .number(life.busy().to())
                        .number(life.visit().from())
                        .number(life.visit().to())
                        .number(life.holdUntil());
            }
        }

        long finish() throws SQLException {
            return rows.finish();
        }
    }

    /**
     * Deals everything that was put down.
     *
     * @param heap the connection on which it was put down
     */
    static long dealAll(Connection heap, Connection into) throws SQLException {
        var rows = new CopyRows(into, TABLE.name() + COLUMNS);
        try (var statement = heap.createStatement()) {
            statement.execute("set local work_mem = '64MB'");
        }
        try (var undealt =
                new Cursor<>(
                        heap,
                        """
                        select tenant, places, capacity, reservation, busy_from, busy_to,
                               visit_from, visit_to, hold_until
                        from claim_undealt, generate_series(1, units)
                        order by tenant, places, busy_from, reservation
                        """,
                        NewLedger::undealt)) {
            @Nullable Taken before = null;
            var dealer = new Dealer();
            while (undealt.peek() != null) {
                var taken = undealt.take();
                if (!taken.isOnSamePlacesAs(before)) {
                    dealer = new Dealer();
                }
                write(rows, taken, dealer.deal(taken.busy()));
                before = taken;
            }
        }
        return rows.finish();
    }

    /**
     * Gives the claims of some reservations, which have none yet, their places. What begins after
     * them on the same pool or resource is dealt anew; what began before keeps its place.
     */
    static void add(Connection connection, Collection<Life> lives) throws SQLException {
        Map<Places, List<Taken>> added = new HashMap<>();
        for (var life : lives) {
            for (var claimed : life.claimed()) {
                var mine =
                        added.computeIfAbsent(
                                new Places(life.tenant(), claimed.places()),
                                key -> new ArrayList<>());
                for (int unit = 0; unit < claimed.units(); unit++) {
                    mine.add(
                            new Taken(
                                    life.tenant(),
                                    claimed.places(),
                                    claimed.capacity(),
                                    life.reservation(),
                                    life.busy(),
                                    life.visit(),
                                    life.holdUntil()));
                }
            }
        }
        for (var some : added.entrySet()) {
            addTo(connection, some.getKey(), some.getValue());
        }
    }

    private static void addTo(Connection connection, Places places, List<Taken> added)
            throws SQLException {
        long from = added.stream().mapToLong(taken -> taken.busy().from()).min().orElseThrow();
        var instant =
                java.time.OffsetDateTime.ofInstant(Micros.instant(from), java.time.ZoneOffset.UTC);
        var dealer = new Dealer();
        var toDeal = new ArrayList<>(added);
        try (var rows =
                new Cursor<>(
                        connection,
                        """
                        select tenant, places, capacity, reservation, lower(busy), upper(busy),
                               lower(visit), upper(visit), hold_until, place
                        from %s where tenant = ? and places = ? and upper(busy) > ?
                        """
                                .formatted(TABLE.name()),
                        NewLedger::dealt,
                        places.tenant(),
                        places.id(),
                        instant)) {
            while (rows.peek() != null) {
                var row = rows.take();
                if (row.taken().busy().from() < from) {
                    dealer.occupied(row.place(), row.taken().busy().to());
                } else {
                    toDeal.add(row.taken());
                }
            }
        }
        try (var remove =
                connection.prepareStatement(
                        "delete from %s where tenant = ? and places = ? and lower(busy) >= ?"
                                .formatted(TABLE.name()))) {
            remove.setString(1, places.tenant());
            remove.setString(2, places.id());
            remove.setObject(3, instant);
            remove.executeUpdate();
        }
        toDeal.sort(Comparator.comparingLong(taken -> taken.busy().from()));
        var rows = new CopyRows(connection, TABLE.name() + COLUMNS);
        for (var taken : toDeal) {
            write(rows, taken, dealer.deal(taken.busy()));
        }
        rows.finish();
    }

    private record Dealt(Taken taken, int place) {}

    private static void write(CopyRows rows, Taken taken, int place) throws SQLException {
        rows.row(8)
                .text(taken.tenant())
                .text(taken.places())
                .integer(place)
                // where there are fewer places than when some were taken, a higher number is right
                .integer(Math.max(taken.capacity(), place + 1))
                .uuid(taken.reservation())
                .range(taken.busy())
                .range(taken.visit())
                .instant(taken.holdUntil());
    }

    private static Taken undealt(ResultSet row) throws SQLException {
        return new Taken(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getObject(4, UUID.class),
                new Span(row.getLong(5), row.getLong(6)),
                new Span(row.getLong(7), row.getLong(8)),
                row.getObject(9, Long.class));
    }

    private static Dealt dealt(ResultSet row) throws SQLException {
        return new Dealt(
                new Taken(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getObject(4, UUID.class),
                        new Span(Cursor.micros(row, 5), Cursor.micros(row, 6)),
                        new Span(Cursor.micros(row, 7), Cursor.micros(row, 8)),
                        row.getObject(9) == null ? null : (Long) Cursor.micros(row, 9)),
                row.getInt(10));
    }
}
