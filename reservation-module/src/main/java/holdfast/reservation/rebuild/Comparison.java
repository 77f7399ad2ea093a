package holdfast.reservation.rebuild;

import holdfast.reservation.rebuild.Payload.Span;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Lays the rows of the register and the ledger beside what the log adds up to: all three in the
 * order of reservations, each read once.
 *
 * <p>Which of a pool's places somebody has is not in the log, so their numbers are not compared.
 */
final class Comparison implements AutoCloseable {

    private static final String REGISTER =
            """
            select reservation, tenant, branch, status, starts_at, ends_at, expires_at,
                   services, claims, chosen_by, notes, customer, details
            from reservation order by reservation
            """;

    private static final String LEDGER =
            """
            select reservation, tenant, places, lower(busy), upper(busy), lower(visit), upper(visit),
                   hold_until
            from claim order by reservation
            """;

    private static final String SEALED = "something sealed";
    private static final JsonMapper JSON = new JsonMapper();

    private record Row(
            UUID reservation,
            String tenant,
            String branch,
            String status,
            Span visit,
            long expiresAt,
            String services,
            String claims,
            String chosenBy,
            @Nullable String notes,
            @Nullable UUID customer,
            @Nullable String details) {}

    private record ClaimRow(UUID reservation, Taken taken) {}

    /** What a row of the ledger says, but for the number of its place. */
    private record Taken(
            String tenant, String places, Span busy, Span visit, @Nullable Long holdUntil) {

        @Override
        public String toString() {
            return "%s busy %s, visit %s, %s"
                    .formatted(
                            places,
                            busy,
                            visit,
                            holdUntil == null
                                    ? "confirmed"
                                    : "held until " + Micros.instant(holdUntil));
        }
    }

    private final Differences differences;
    private final Cursor<Row> register;
    private final Cursor<ClaimRow> ledger;
    private long rows;
    private long claims;

    Comparison(Connection connection, Differences differences) throws SQLException {
        this.differences = differences;
        this.register = new Cursor<>(connection, REGISTER, Comparison::row);
        this.ledger = new Cursor<>(connection, LEDGER, Comparison::claim);
    }

    /** Compares one reservation; they come in the order of their ids. */
    void compare(Life life) throws SQLException {
        unknownBefore(life.reservation());
        compareRow(life);
        compareClaims(life);
    }

    /** After the last one: what is left in the tables, the log does not know. */
    void finish() throws SQLException {
        unknownBefore(null);
    }

    /** Rows of the register that were read. */
    long rows() {
        return rows;
    }

    /** Rows of the ledger that were read. */
    long claims() {
        return claims;
    }

    private void unknownBefore(@Nullable UUID reservation) throws SQLException {
        for (var row = register.peek();
                row != null && isBefore(row.reservation(), reservation);
                row = register.peek()) {
            differences.add(row.reservation(), "register", "nothing", row.status());
            register.take();
            rows++;
        }
        for (var row = ledger.peek();
                row != null && isBefore(row.reservation(), reservation);
                row = ledger.peek()) {
            differences.add(row.reservation(), "ledger", "nothing", row.taken());
            ledger.take();
            claims++;
        }
    }

    /** As PostgreSQL orders them, byte by byte; null comes last. */
    private static boolean isBefore(UUID one, @Nullable UUID other) {
        if (other == null) {
            return true;
        }
        int high =
                Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
                ? high < 0
                : Long.compareUnsigned(
                                one.getLeastSignificantBits(), other.getLeastSignificantBits())
                        < 0;
    }

    private void compareRow(Life life) throws SQLException {
        var row = register.peek();
        if (row == null || !row.reservation().equals(life.reservation())) {
            if (life.status() != null) {
                differences.add(life.reservation(), "register", life.status(), "nothing");
            }
            return;
        }
        register.take();
        rows++;
        if (life.status() == null) {
            differences.add(life.reservation(), "register", "nothing", row.status());
            return;
        }
        same(life, "status", life.status().name(), row.status());
        same(life, "tenant", life.tenant(), row.tenant());
        same(life, "branch", life.branch(), row.branch());
        same(life, "visit", life.visit(), row.visit());
        same(life, "expires_at", Micros.instant(life.expiresAt()), Micros.instant(row.expiresAt()));
        same(life, "chosen_by", life.chosenBy(), row.chosenBy());
        same(life, "customer", life.customer(), row.customer());
        sameJson(life, "services", life.services(), row.services(), false);
        sameJson(life, "claims", life.claims(), row.claims(), false);
        sameJson(life, "notes", life.notes(), row.notes(), true);
        sameJson(life, "details", life.details(), row.details(), true);
    }

    private void same(Life life, String column, @Nullable Object log, @Nullable Object found) {
        if (!Objects.equals(log, found)) {
            differences.add(
                    life.reservation(),
                    "register." + column,
                    String.valueOf(log),
                    String.valueOf(found));
        }
    }

    private void sameJson(
            Life life,
            String column,
            byte @Nullable [] log,
            @Nullable String found,
            boolean sealed) {
        if (log == null && found == null) {
            return;
        }
        if (log == null || found == null || !JSON.readTree(log).equals(JSON.readTree(found))) {
            same(
                    life,
                    column,
                    said(log == null ? null : JSON.readTree(log), sealed, "the log's"),
                    said(found, sealed, "another"));
        }
    }

    /** Ciphertext says nothing to a reader, and need not be printed. */
    private static String said(@Nullable Object json, boolean sealed, String which) {
        return json == null ? "nothing" : sealed ? SEALED + " (" + which + ")" : json.toString();
    }

    private void compareClaims(Life life) throws SQLException {
        Map<Taken, Integer> open = new HashMap<>();
        for (var claimed : life.claimed()) {
            var taken =
                    new Taken(
                            life.tenant(),
                            claimed.places(),
                            life.busy(),
                            life.visit(),
                            life.holdUntil());
            open.merge(taken, claimed.units(), Integer::sum);
        }
        for (var row = ledger.peek();
                row != null && row.reservation().equals(life.reservation());
                row = ledger.peek()) {
            open.merge(row.taken(), -1, Integer::sum);
            ledger.take();
            claims++;
        }
        open.forEach(
                (taken, missing) -> {
                    if (missing > 0) {
                        differences.add(
                                life.reservation(),
                                "ledger",
                                "%d × %s".formatted(missing, taken),
                                "nothing");
                    } else if (missing < 0) {
                        differences.add(
                                life.reservation(),
                                "ledger",
                                "nothing",
                                "%d × %s".formatted(-missing, taken));
                    }
                });
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                new Span(Cursor.micros(row, 5), Cursor.micros(row, 6)),
                Cursor.micros(row, 7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getObject(12, UUID.class),
                row.getString(13));
    }

    private static ClaimRow claim(ResultSet row) throws SQLException {
        return new ClaimRow(
                row.getObject(1, UUID.class),
                new Taken(
                        row.getString(2),
                        row.getString(3),
                        new Span(Cursor.micros(row, 4), Cursor.micros(row, 5)),
                        new Span(Cursor.micros(row, 6), Cursor.micros(row, 7)),
                        row.getObject(8) == null ? null : (Long) Cursor.micros(row, 8)));
    }

    @Override
    public void close() throws SQLException {
        register.close();
        ledger.close();
    }
}
