package holdfast.journeys;

import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.WEDDING;
import static holdfast.journeys.City.inDays;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.slots;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Comparator.comparing;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;

/** Three desks: a visitor may say at which, and whoever does not care is sent to the idlest. */
class ChoosingAResourceTest {

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @BeforeAll
    static void threeDesks() {
        node = Nodes.start(TestDatabase.fresh());
        visitor = City.found(node.url(), "city", "PT15M");
        var catalogue =
                City.catalogue("city", "PT15M")
                        .replace(
                                "{\"id\": \"desk-1\", \"name\": \"Schalter 1\"}",
                                """
                                {"id": "desk-1", "name": "Schalter 1"}, {"id": "desk-2", "name": "Schalter 2"},
                                {"id": "desk-3", "name": "Schalter 3"}\
                                """)
                        .replace(
                                "\"capacity\": 7",
                                """
                                "resources": [{"id": "counter-1", "name": "Theke 1"}, {"id": "counter-2", "name": "Theke 2"}]\
                                """)
                        .replaceAll(
                                "(\\[\"desk\", \"counter\"],\\s+\"resourceSelection\": )false",
                                "$1true");
        var applied = Caller.operator(node.url()).of("city").put("/admin/v1/catalogue", catalogue);
        assertThat(applied.status()).as("%s", applied.body()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String body(String service, JsonNode slot, String more) {
        return """
        {"serviceId": "%s", "branchId": "hall", "timeSlot": %s%s}
        """
                .formatted(service, slot.path("timeSlot"), more);
    }

    private static String at(String resource) {
        return ", \"requestedResourceId\": \"%s\"".formatted(resource);
    }

    private static JsonNode held(String service, JsonNode slot, String more) {
        var answer = visitor.post("/external/v1/reservations", body(service, slot, more));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.body();
    }

    /** Each resource with who chose it. */
    private static List<String> resources(JsonNode reservation) {
        return StreamSupport.stream(reservation.path("resources").spliterator(), false)
                .map(r -> r.path("id").asString() + " " + r.path("chosenBy").asString())
                .toList();
    }

    private static List<String> free(JsonNode slot) {
        return slot.path("availableResources").findValuesAsString("id");
    }

    @Test
    void whoever_does_not_care_is_sent_to_the_desk_with_the_fewest_minutes_that_day() {
        var day = slots(visitor, PASSPORT, inDays(3));
        assertThat(free(day.get(20))).containsExactly("desk-1", "desk-2", "desk-3");

        assertThat(resources(held(PASSPORT, day.get(20), ""))).containsExactly("desk-1 SYSTEM");
        var second = held(PASSPORT, day.get(22), ", \"numberOfReservations\": 1");
        assertThat(resources(second)).containsExactly("desk-2 SYSTEM");
        held(PASSPORT, day.get(24), at("desk-3"));
        held(PASSPORT, day.get(26), at("desk-3"));
        // 30, 30 and 60 minutes: of the two idlest the first
        assertThat(resources(held(PASSPORT, day.get(28), ""))).containsExactly("desk-1 SYSTEM");
        // 60, 30, 60
        assertThat(resources(held(PASSPORT, day.get(30), ""))).containsExactly("desk-2 SYSTEM");
        // 60, 60, 60; what is given back counts no more: 60, 30, 60
        var id = second.path("reservationId").asString();
        assertThat(visitor.delete("/reservations/" + id).status()).isEqualTo(204);
        assertThat(resources(held(PASSPORT, day.get(32), ""))).containsExactly("desk-2 SYSTEM");
        // the idlest is no help while it is busy
        held(PASSPORT, day.get(34), at("desk-1"));
        held(PASSPORT, day.get(34), at("desk-2"));
        assertThat(resources(held(PASSPORT, day.get(34), ""))).containsExactly("desk-3 SYSTEM");

        var nextDay = slots(visitor, PASSPORT, inDays(4));
        assertThat(resources(held(PASSPORT, nextDay.get(20), ""))).containsExactly("desk-1 SYSTEM");
    }

    @Test
    void over_many_bookings_each_goes_to_the_idlest_free_desk_and_all_get_their_share() {
        var date = inDays(10);
        var random = new Random(10);
        var desks = List.of("desk-1", "desk-2", "desk-3");
        var bookings = new HashMap<String, Integer>();
        desks.forEach(desk -> bookings.put(desk, 0));
        for (int n = 0; n < 40; n++) {
            var day = slots(visitor, PASSPORT, date);
            var slot = day.get(random.nextInt(day.size()));
            var idlest = free(slot).stream().min(comparing(bookings::get)).orElseThrow();
            // at first many ask for the last desk, if it is free
            var isAsked = n < 20 && random.nextBoolean() && free(slot).contains("desk-3");
            var held = held(PASSPORT, slot, isAsked ? at("desk-3") : "");
            var desk = isAsked ? "desk-3" : idlest;
            assertThat(resources(held))
                    .as("booking %d", n)
                    .containsExactly(desk + (isAsked ? " CUSTOMER" : " SYSTEM"));
            bookings.merge(desk, 1, Integer::sum);
        }
        var shares = desks.stream().map(bookings::get).toList();
        assertThat(Collections.max(shares) - Collections.min(shares))
                .as("%s", bookings)
                .isLessThanOrEqualTo(2);
    }

    @Test
    void whoever_asks_for_a_desk_gets_that_one_or_none() {
        var date = inDays(6);
        var slot = slots(visitor, PASSPORT, date).get(20);
        var held = held(PASSPORT, slot, at("desk-2"));
        assertThat(resources(held)).containsExactly("desk-2 CUSTOMER");

        var left = slots(visitor, PASSPORT, date).get(20);
        assertThat(left.path("available").asInt()).isEqualTo(2);
        assertThat(free(left)).containsExactly("desk-1", "desk-3");
        assertThat(startsAt("desk-2", date)).doesNotContain(start(slot));
        assertThat(startsAt("desk-3", date)).contains(start(slot));

        var taken = visitor.post("/reservations", body(PASSPORT, slot, at("desk-2")));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.type()).isEqualTo("/problems/slot-taken");
        assertThat(taken.body().path("alternatives").findValuesAsString("startTime"))
                .hasSize(5)
                .doesNotContain(start(slot));

        var id = held.path("reservationId").asString();
        visitor.put("/reservations/" + id, person("ada1234567", "Ada"));
        assertThat(resources(visitor.get("/appointments/" + id).body()))
                .containsExactly("desk-2 CUSTOMER");
    }

    @Test
    void of_several_resources_the_customer_chose_one_and_the_system_the_rest() {
        var slot = slots(visitor, WEDDING, inDays(8)).get(20);

        assertThat(resources(held(WEDDING, slot, at("counter-2"))))
                .containsExactly("counter-2 CUSTOMER", "desk-1 SYSTEM");
        var other = held(WEDDING, slot, at("desk-3"));
        assertThat(resources(other)).containsExactly("desk-3 CUSTOMER", "counter-1 SYSTEM");
        var id = other.path("reservationId").asString();
        assertThat(resources(visitor.get("/reservations/" + id).body()))
                .isEqualTo(resources(other));
    }

    private static List<String> startsAt(String desk, LocalDate date) {
        var answer =
                visitor.get(
                        "/external/v1/services/passport/timeslots?branchId=hall&from=%s&to=%s&requestedResourceId=%s"
                                .formatted(date, date, desk));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().findValuesAsString("startTime");
    }

    private static String start(JsonNode slot) {
        return slot.path("timeSlot").path("startTime").asString();
    }
}
