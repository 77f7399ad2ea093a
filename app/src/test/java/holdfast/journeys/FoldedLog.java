package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.TestDatabase;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a tenant's events add up to, folded by plain rules and without the application's code; every
 * step is checked on the way.
 */
final class FoldedLog {

    private static final JsonMapper JSON = new JsonMapper();

    /** One reservation as its events have it. */
    static final class Visit {

        final String id;
        Instant starts;
        Instant from;
        Instant to;
        final Map<String, Integer> takes = new TreeMap<>();
        final List<String> history = new ArrayList<>();

        /** Those whose time it took. */
        final List<String> holds = new ArrayList<>();

        String status = "RESERVED";
        Instant expiresAt;

        Visit(JsonNode reserved) {
            this.id = reserved.path("reservation").asString();
            this.starts = instant(reserved.path("visit").path("start"));
            this.from = instant(reserved.path("busy").path("start"));
            this.to = instant(reserved.path("busy").path("end"));
            this.expiresAt = instant(reserved.path("expiresAt"));
            take(reserved.path("claims"));
        }

        void moveTo(JsonNode rescheduled) {
            starts = instant(rescheduled.path("visit").path("start"));
            from = instant(rescheduled.path("busy").path("start"));
            to = instant(rescheduled.path("busy").path("end"));
            takes.clear();
            take(rescheduled.path("claims"));
        }

        private void take(JsonNode claims) {
            for (var claim : claims) {
                takes.put(claim.path("places").asString(), claim.path("units").asInt());
            }
        }

        boolean takesPlaces() {
            return Set.of("RESERVED", "CONFIRMED", "ARRIVED", "COMPLETED", "NO_SHOW")
                    .contains(status);
        }
    }

    private final TestDatabase database;
    private final String tenant;
    private final Map<String, Integer> capacities;
    private final Map<String, Visit> visits = new LinkedHashMap<>();

    private FoldedLog(TestDatabase database, String tenant, Map<String, Integer> capacities) {
        this.database = database;
        this.tenant = tenant;
        this.capacities = capacities;
    }

    private record Event(String name, Instant at, JsonNode payload) {}

    /**
     * @param capacities how many places there are of each kind, by the catalogue
     * @throws AssertionError if an event could not have happened: a place given twice, a step that
     *     does not exist, an end before its time
     */
    static FoldedLog of(TestDatabase database, String tenant, Map<String, Integer> capacities) {
        var folded = new FoldedLog(database, tenant, capacities);
        database.sql()
                .sql(
                        """
                        select name, recorded_at, payload::text from event_log
                        where stream_type = 'Reservation' and payload ->> 'tenant' = ?
                        order by position
                        """)
                .param(tenant)
                .query(
                        (row, n) ->
                                new Event(
                                        row.getString(1),
                                        row.getObject(2, OffsetDateTime.class).toInstant(),
                                        JSON.readTree(row.getString(3))))
                .list()
                .forEach(folded::add);
        return folded;
    }

    List<Visit> takingPlaces() {
        return visits.values().stream().filter(Visit::takesPlaces).toList();
    }

    /** A reservation that somebody was told of, so that it must be there. */
    Visit visit(String reservation) {
        var visit = visits.get(reservation);
        assertThat(visit).as(reservation).isNotNull();
        return Objects.requireNonNull(visit);
    }

    /** Whether so many more places are free at every instant of the stretch. */
    boolean hasRoom(Map<String, Integer> units, Instant from, Instant to) {
        return units.entrySet().stream()
                .allMatch(
                        need ->
                                mostTaken(need.getKey(), from, to) + need.getValue()
                                        <= capacities.getOrDefault(need.getKey(), 0));
    }

    /** Ledger and register say the same as the events. */
    void agreesWithTheTables() {
        var taken = new TreeMap<String, String>();
        for (var visit : takingPlaces()) {
            visit.takes.forEach(
                    (places, units) ->
                            taken.put(
                                    visit.id + " " + places,
                                    line(
                                            units,
                                            visit.from,
                                            visit.to,
                                            visit.status.equals("RESERVED")
                                                    ? visit.expiresAt
                                                    : null)));
        }
        assertThat(ledger()).isEqualTo(taken);

        var standing = new TreeMap<String, String>();
        visits.values().forEach(visit -> standing.put(visit.id, standing(visit)));
        assertThat(register()).isEqualTo(standing);
    }

    private static String standing(Visit visit) {
        return "%s at %s until %s".formatted(visit.status, visit.starts, visit.expiresAt);
    }

    private static String line(int units, Instant from, Instant to, @Nullable Instant until) {
        return "%d from %s to %s until %s".formatted(units, from, to, until);
    }

    private Map<String, String> ledger() {
        var rows = new TreeMap<String, String>();
        database.sql()
                .sql(
                        """
                        select reservation, places, count(*), lower(busy), upper(busy), hold_until
                        from claim where tenant = ? group by 1, 2, 4, 5, 6
                        """)
                .param(tenant)
                .query(
                        row -> {
                            var until = row.getObject(6, OffsetDateTime.class);
                            rows.put(
                                    row.getObject(1, UUID.class) + " " + row.getString(2),
                                    line(
                                            row.getInt(3),
                                            row.getObject(4, OffsetDateTime.class).toInstant(),
                                            row.getObject(5, OffsetDateTime.class).toInstant(),
                                            until == null ? null : until.toInstant()));
                        });
        return rows;
    }

    private Map<String, String> register() {
        var rows = new TreeMap<String, String>();
        database.sql()
                .sql(
                        """
                        select reservation, status, starts_at, expires_at
                        from reservation where tenant = ?
                        """)
                .param(tenant)
                .query(
                        row -> {
                            rows.put(
                                    row.getObject(1, UUID.class).toString(),
                                    "%s at %s until %s"
                                            .formatted(
                                                    row.getString(2),
                                                    row.getObject(3, OffsetDateTime.class)
                                                            .toInstant(),
                                                    row.getObject(4, OffsetDateTime.class)
                                                            .toInstant()));
                        });
        return rows;
    }

    private void add(Event event) {
        var id = event.payload().path("reservation").asString();
        if (event.name().equals("reservation.Reserved")) {
            var visit = new Visit(event.payload());
            assertThat(hasRoom(visit.takes, visit.from, visit.to))
                    .as("a place for %s, which was given one", event.payload())
                    .isTrue();
            assertThat(visits.put(id, visit)).as("an earlier %s", id).isNull();
            visit.history.add("Reserved");
            return;
        }
        var visit = visit(id);
        switch (event.name()) {
            case "reservation.HoldExtended" -> {
                step(visit, "RESERVED", "RESERVED", event);
                visit.expiresAt = instant(event.payload().path("expiresAt"));
            }
            case "reservation.Confirmed" -> step(visit, "RESERVED", "CONFIRMED", event);
            case "reservation.Arrived" -> step(visit, "CONFIRMED", "ARRIVED", event);
            case "reservation.Completed" -> step(visit, "ARRIVED", "COMPLETED", event);
            case "reservation.Missed" -> step(visit, "CONFIRMED", "NO_SHOW", event);
            case "reservation.CustomerChanged" -> step(visit, "CONFIRMED", "CONFIRMED", event);
            case "reservation.HandedOver" -> step(visit, "RESERVED", "RELEASED", event);
            case "reservation.Rescheduled" -> {
                var hold = visit(event.payload().path("hold").asString());
                assertThat(hold.history).as("the hold of %s", event).endsWith("HandedOver");
                step(visit, "CONFIRMED", "MOVING", event); // its old places are free
                visit.moveTo(event.payload());
                visit.holds.add(hold.id);
                assertThat(visit.takes).isEqualTo(hold.takes);
                assertThat(hasRoom(visit.takes, visit.from, visit.to))
                        .as("a place for %s, which was moved", event.payload())
                        .isTrue();
                visit.status = "CONFIRMED";
            }
            case "reservation.Released" -> step(visit, "RESERVED", "RELEASED", event);
            case "reservation.Cancelled" -> step(visit, "CONFIRMED", "CANCELLED", event);
            case "reservation.Expired" -> {
                step(visit, "RESERVED", "EXPIRED", event);
                assertThat(instant(event.payload().path("expiredAt"))).isEqualTo(visit.expiresAt);
                assertThat(event.at()).isAfterOrEqualTo(visit.expiresAt);
            }
            default -> throw new AssertionError("An event nobody knows: " + event);
        }
    }

    private static void step(Visit visit, String from, String to, Event event) {
        assertThat(visit.status).as("before %s of %s", event, visit.history).isEqualTo(from);
        visit.status = to;
        visit.history.add(event.name().substring("reservation.".length()));
    }

    private int mostTaken(String places, Instant from, Instant to) {
        var changes = new TreeMap<Instant, Integer>();
        for (var visit : visits.values()) {
            if (visit.takesPlaces() && visit.from.isBefore(to) && from.isBefore(visit.to)) {
                int units = visit.takes.getOrDefault(places, 0);
                changes.merge(visit.from, units, Integer::sum);
                changes.merge(visit.to, -units, Integer::sum);
            }
        }
        int taken = 0;
        int most = 0;
        for (int change : changes.values()) {
            taken += change;
            most = Math.max(most, taken);
        }
        return most;
    }

    private static Instant instant(JsonNode text) {
        return OffsetDateTime.parse(text.asString()).toInstant();
    }
}
