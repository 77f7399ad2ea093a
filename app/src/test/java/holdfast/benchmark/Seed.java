package holdfast.benchmark;

import holdfast.benchmark.Plan.Visit;
import holdfast.testing.TestDatabase;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Writes confirmed appointments as the application would have written them, by COPY.
 *
 * <p>The patterns are rows that it did write: of appointments made through the API beforehand. What
 * differs from one appointment to the next is replaced, everything else is as the pattern has it. A
 * column or a member that this class does not know is a failure, not a copy. Sealed details are
 * those of the pattern, so everybody has the appointments of a few hundred people.
 */
final class Seed {

    private static final Set<String> RESERVED =
            Set.of(
                    "tenant",
                    "reservation",
                    "branch",
                    "services",
                    "visit",
                    "busy",
                    "claims",
                    "chosenBy",
                    "notes",
                    "expiresAt");
    private static final Set<String> CONFIRMED =
            Set.of("tenant", "reservation", "branch", "customer", "details", "fingerprint");
    private static final Set<String> META =
            Set.of("tenant", "actor", "requestId", "traceId", "correlationId");

    private static final Duration UNTIL_CONFIRMED = Duration.ofMinutes(1);

    private final String tenant;
    private final Duration hold;

    private ObjectNode reserved = City.JSON.createObjectNode();
    private ObjectNode reservedMeta = reserved;
    private ObjectNode confirmedMeta = reserved;
    private ArrayNode registerClaims = City.JSON.createArrayNode();
    private final List<ObjectNode> confirmed = new ArrayList<>();
    private final List<String> registerDetails = new ArrayList<>();

    /** An appointment to be written. */
    private record Appointment(UUID id, Visit visit, Instant reservedAt, int person) {}

    private Seed(City city) {
        tenant = city.tenant();
        hold = city.hold();
    }

    /**
     * @param visits in the order in which they were booked
     * @param from when the first one was booked
     * @param to when the last one was; no visit begins before it was booked
     */
    static void write(
            TestDatabase database, City city, List<Visit> visits, Instant from, Instant to)
            throws SQLException {
        var seed = new Seed(city);
        try (var connection =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            seed.learn(connection);
            var step = Duration.between(from, to).dividedBy(Math.max(visits.size(), 1));
            var appointments = new ArrayList<Appointment>(visits.size());
            for (var visit : visits) {
                var at = from.plus(step.multipliedBy(appointments.size()));
                appointments.add(
                        new Appointment(
                                Uuids.timeOrdered(at.toEpochMilli()),
                                visit,
                                at.truncatedTo(ChronoUnit.MICROS),
                                appointments.size() % seed.confirmed.size()));
            }
            seed.events(connection, appointments);
            seed.claims(connection, appointments);
            seed.register(connection, appointments);
            try (var statement = connection.createStatement()) {
                statement.execute("vacuum analyze");
            }
        }
    }

    // ------------------------------------------------------------------ tables

    private void events(Connection connection, List<Appointment> appointments) throws SQLException {
        var copy =
                new Copy(
                        connection,
                        "domain_event_entry",
                        "event_identifier, aggregate_identifier, sequence_number, type,"
                                + " time_stamp, payload_type, payload_revision, payload, meta_data",
                        "global_index");
        for (var one : appointments) {
            var stream = one.id().toString();
            var confirmedAt = one.reservedAt().plus(UNTIL_CONFIRMED);
            copy.row(
                    Uuids.timeOrdered(one.reservedAt().toEpochMilli()),
                    stream,
                    0,
                    "Reservation",
                    one.reservedAt(),
                    "reservation.Reserved",
                    "1",
                    binary(reserved(one)),
                    binary(meta(reservedMeta, one.reservedAt())));
            copy.row(
                    Uuids.timeOrdered(confirmedAt.toEpochMilli()),
                    stream,
                    1,
                    "Reservation",
                    confirmedAt,
                    "reservation.Confirmed",
                    "1",
                    binary(confirmed(one)),
                    binary(meta(confirmedMeta, confirmedAt)));
        }
        copy.end();
    }

    private void claims(Connection connection, List<Appointment> appointments) throws SQLException {
        var copy =
                new Copy(
                        connection,
                        "claim",
                        "tenant, places, place, capacity, reservation, busy, visit, hold_until",
                        "");
        for (var one : appointments) {
            var visit = one.visit();
            copy.row(
                    tenant,
                    visit.pool(),
                    visit.place(),
                    visit.capacity(),
                    one.id(),
                    range(visit.busyFrom(), visit.busyTo()),
                    range(visit.start(), visit.end()),
                    Copy.NULL);
        }
        copy.end();
    }

    private void register(Connection connection, List<Appointment> appointments)
            throws SQLException {
        var copy =
                new Copy(
                        connection,
                        "reservation",
                        "reservation, tenant, branch, status, starts_at, ends_at, expires_at,"
                                + " services, claims, chosen_by, notes, customer, details",
                        "");
        for (var one : appointments) {
            var visit = one.visit();
            copy.row(
                    one.id(),
                    tenant,
                    visit.branch(),
                    "CONFIRMED",
                    visit.start(),
                    visit.end(),
                    one.reservedAt().plus(hold),
                    services(visit),
                    claims(registerClaims.deepCopy(), visit),
                    "SYSTEM",
                    Copy.NULL,
                    confirmed.get(one.person()).path("customer").asString(),
                    registerDetails.get(one.person()));
        }
        copy.end();
    }

    // ------------------------------------------------------------------ events

    private JsonNode reserved(Appointment one) {
        var visit = one.visit();
        var event = reserved;
        event.put("reservation", one.id().toString());
        event.put("branch", visit.branch());
        event.set("services", services(visit));
        ((ObjectNode) event.path("visit"))
                .put("start", visit.start().toString())
                .put("end", visit.end().toString());
        ((ObjectNode) event.path("busy"))
                .put("start", visit.busyFrom().toString())
                .put("end", visit.busyTo().toString());
        claims((ArrayNode) event.path("claims"), visit);
        event.put("expiresAt", one.reservedAt().plus(hold).toString());
        return event;
    }

    private JsonNode confirmed(Appointment one) {
        return confirmed
                .get(one.person())
                .put("reservation", one.id().toString())
                .put("branch", one.visit().branch());
    }

    /** Of an event that a request caused by one command, as all of these are. */
    private static JsonNode meta(ObjectNode meta, Instant at) {
        var command = Uuids.timeOrdered(at.toEpochMilli()).toString();
        return meta.put("requestId", UUID.randomUUID().toString())
                .put("traceId", command)
                .put("correlationId", command);
    }

    private static ArrayNode services(Visit visit) {
        var services = City.JSON.createArrayNode();
        services.addObject().put("service", visit.service()).put("numberOfReservations", 1);
        return services;
    }

    private static ArrayNode claims(ArrayNode claims, Visit visit) {
        ((ObjectNode) claims.path(0))
                .put("places", visit.pool())
                .put("pool", visit.pool())
                .put("capacity", visit.capacity());
        return claims;
    }

    // ------------------------------------------------------------------ patterns

    private void learn(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select convert_from(r.payload, 'UTF8'), convert_from(r.meta_data, 'UTF8'),
                                       convert_from(c.payload, 'UTF8'), convert_from(c.meta_data, 'UTF8'),
                                       e.claims, e.details
                                from reservation e
                                join domain_event_entry r on r.aggregate_identifier = e.reservation::text
                                    and r.payload_type = 'reservation.Reserved' and r.payload_revision = '1'
                                join domain_event_entry c on c.aggregate_identifier = e.reservation::text
                                    and c.payload_type = 'reservation.Confirmed' and c.payload_revision = '1'
                                order by r.global_index limit %d
                                """
                                        .formatted(Bookings.PEOPLE))) {
            while (rows.next()) {
                reserved = known(rows.getString(1), RESERVED);
                reservedMeta = known(rows.getString(2), META);
                confirmed.add(known(rows.getString(3), CONFIRMED));
                confirmedMeta = known(rows.getString(4), META);
                registerClaims = (ArrayNode) City.JSON.readTree(rows.getString(5));
                registerDetails.add(rows.getString(6));
            }
        }
        if (confirmed.size() < Bookings.PEOPLE || reserved.path("claims").size() != 1) {
            throw new IllegalStateException("Only " + confirmed.size() + " patterns");
        }
    }

    private static ObjectNode known(String json, Set<String> members) {
        var object = (ObjectNode) City.JSON.readTree(json);
        var unknown = new TreeSet<>(object.propertyNames());
        unknown.removeAll(members);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(
                    "The application writes " + unknown + ", which the generator does not know");
        }
        return object;
    }

    // ------------------------------------------------------------------ values

    private static String range(Instant from, Instant to) {
        return "[\"" + from + "\",\"" + to + "\")";
    }

    /** Bytes in the form in which PostgreSQL takes text for them: backslashes twice. */
    private static String binary(JsonNode json) {
        return json.toString().replace("\\", "\\\\");
    }

    /** One COPY. All columns of the table are named, but for those the database fills itself. */
    private static final class Copy {

        static final Object NULL = new Object();

        private static final int CHUNK = 256 * 1024;

        private final CopyIn copy;
        private final StringBuilder lines = new StringBuilder();

        Copy(Connection connection, String table, String columns, String filledItself)
                throws SQLException {
            checkColumns(connection, table, columns + ", " + filledItself);
            copy =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy %s (%s) from stdin".formatted(table, columns));
        }

        private static void checkColumns(Connection connection, String table, String columns)
                throws SQLException {
            var known = Set.of(columns.split(",\\s*"));
            try (var found = connection.getMetaData().getColumns(null, "public", table, null)) {
                while (found.next()) {
                    if (!known.contains(found.getString("COLUMN_NAME"))) {
                        throw new IllegalStateException(
                                "The generator does not know the column %s of %s"
                                        .formatted(found.getString("COLUMN_NAME"), table));
                    }
                }
            }
        }

        void row(Object... values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                lines.append(i == 0 ? "" : "\t");
                lines.append(
                        values[i] == NULL ? "\\N" : values[i].toString().replace("\\", "\\\\"));
            }
            lines.append('\n');
            if (lines.length() > CHUNK) {
                flush();
            }
        }

        void end() throws SQLException {
            flush();
            copy.endCopy();
        }

        private void flush() throws SQLException {
            var bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
            lines.setLength(0);
        }
    }
}
