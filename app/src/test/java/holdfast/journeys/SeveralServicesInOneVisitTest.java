package holdfast.journeys;

import static holdfast.journeys.City.inDays;
import static holdfast.journeys.City.person;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.journeys.Caller.Answer;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Objects;

/** Advice for two and a talk in one go: one hold, one appointment, one history. */
class SeveralServicesInOneVisitTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String SLOTS = "/external/v1/serviceCombination/branch/hall/timeslots";

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        var combining =
                City.catalogue("city", "PT15M")
                        .replace(
                                "\"settings\": {", "\"settings\": {\"serviceCombinations\": true, ")
                        .replace(
                                "\"serviceCombinations\": []",
                                """
                                "serviceCombinations": [{"branch": "hall", "services": ["advice", "talk"]}]\
                                """);
        var applied = Caller.operator(node.url()).of("city").put("/admin/v1/catalogue", combining);
        assertThat(applied.status()).as("%s", applied.body()).isEqualTo(200);
        City.found(node.url(), "plain", "PT15M");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String on(LocalDate date) {
        return "&from=%s&to=%s".formatted(date, date);
    }

    private static JsonNode slots(String query) {
        var answer = visitor.get(SLOTS + query);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String reserve(JsonNode slot, String services) {
        return """
        {"branchId": "hall", "services": %s, "timeSlot": %s, "notes": "Two of us"}
        """
                .formatted(services, slot.path("timeSlot"));
    }

    @Test
    void they_are_found_held_confirmed_searched_and_cancelled_as_one() {
        var query = "?serviceId=advice:2&serviceId=talk&numberOfReservations=3" + on(inDays(5));
        var slot = slots(query).get(30);
        assertThat(lengthOf(slot)).isEqualTo(Duration.ofMinutes(30 + 30 + 50));
        assertThat(slot.path("available").asInt()).isEqualTo(City.COUNTERS);

        var held =
                visitor.post(
                        "/external/v1/serviceCombination/reservations",
                        reserve(
                                slot,
                                """
                                [{"serviceId": "talk", "numberOfReservations": 1},
                                 {"serviceId": "advice", "numberOfReservations": 2}]
                                """));
        assertThat(held.status()).as("%s", held.body()).isEqualTo(201);
        assertThat(held.body().path("services"))
                .isEqualTo(
                        json(
                                """
                                [{"id": "talk", "name": "Talk", "numberOfReservations": 1},
                                 {"id": "advice", "name": "Advice", "numberOfReservations": 2}]
                                """));
        assertThat(held.body().path("service").path("id").asString()).isEqualTo("talk");
        assertThat(held.body().path("numberOfReservations").asInt()).isEqualTo(3);
        var id = held.body().path("reservationId").asString();
        assertThat(held.header("Location")).isEqualTo("/external/v1/reservations/" + id);
        assertThat(slots(query).get(30).path("available").asInt()).isEqualTo(City.COUNTERS - 1);

        var hold = "/serviceCombination/reservations/" + id;
        assertThat(visitor.get(hold).body()).isEqualTo(held.body());
        assertThat(visitor.get("/external/v1/reservations/" + id).body()).isEqualTo(held.body());
        assertThat(visitor.post(hold + "/extension", "").status()).isEqualTo(200);
        var confirmed = visitor.put("/external/v1" + hold, person("ada1234567", "Ada"));
        assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(201);
        assertThat(confirmed.body().path("appointmentId").asString()).isEqualTo(id);

        var found =
                Caller.operator(visitor.url())
                        .of(Objects.requireNonNull(visitor.tenant()))
                        .post(
                                "/external/v1/serviceCombination/appointments/search",
                                "{\"customer\": {\"personalIdentifier\": \"ada1234567\"}}");
        assertThat(found.body().size()).isEqualTo(1);
        assertThat(found.body().get(0)).isEqualTo(confirmed.body());
        var appointment = "/serviceCombination/appointments/" + id;
        var read = visitor.get(appointment);
        assertThat(read.body()).isEqualTo(confirmed.body());
        assertThat(read.header("Cache-Control")).isEqualTo("no-store");

        assertThat(visitor.delete("/external/v1" + appointment).status()).isEqualTo(204);
        assertThat(slots(query).get(30).path("available").asInt()).isEqualTo(City.COUNTERS);
        assertThat(Nodes.history(DATABASE, id))
                .containsExactly(
                        "reservation.Reserved",
                        "reservation.HoldExtended",
                        "reservation.Confirmed",
                        "reservation.Cancelled");
    }

    @Test
    void a_hold_of_several_services_is_released_whole() {
        var query = "?serviceId=advice&serviceId=talk" + on(inDays(6));
        var slot = slots(query).get(12);
        var held =
                visitor.post(
                        "/serviceCombination/reservations",
                        reserve(slot, "[{\"serviceId\": \"advice\"}, {\"serviceId\": \"talk\"}]"));
        assertThat(held.status()).as("%s", held.body()).isEqualTo(201);
        var id = held.body().path("reservationId").asString();
        assertThat(visitor.delete("/serviceCombination/reservations/" + id).status())
                .isEqualTo(204);
        assertThat(slots(query).get(12)).isEqualTo(slot);
    }

    @Test
    void a_taken_slot_comes_with_others_for_the_whole_visit() {
        var slot = slots("?serviceId=advice&serviceId=talk" + on(inDays(7))).get(40);
        var body = reserve(slot, "[{\"serviceId\": \"advice\"}, {\"serviceId\": \"talk\"}]");
        for (int n = 0; n < City.COUNTERS; n++) {
            assertThat(visitor.post("/serviceCombination/reservations", body).status())
                    .isEqualTo(201);
        }
        var taken = visitor.post("/serviceCombination/reservations", body);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.type()).isEqualTo("/problems/slot-taken");
        assertThat(taken.body().path("alternatives").size()).isEqualTo(5);
        for (var alternative : taken.body().path("alternatives")) {
            assertThat(lengthOf(alternative)).isEqualTo(Duration.ofMinutes(80));
        }
    }

    @Test
    void one_wish_is_one_answer_however_it_is_written() {
        var date = on(inDays(20));
        var first = visitor.get(SLOTS + "?serviceId=advice:2&serviceId=talk" + date);
        for (var same :
                new String[] {
                    "?serviceId=talk&serviceId=advice:2",
                    "?serviceId=advice&serviceId=talk&serviceId=advice",
                    "?SERVICEID=advice:2&serviceid=talk:1&numberofReservations=3"
                }) {
            var answer = visitor.get(SLOTS + same + date);
            assertThat(answer.body()).as(same).isEqualTo(first.body());
            assertThat(answer.header("ETag")).isEqualTo(first.header("ETag"));
        }
        var bare = SLOTS.replace("/external/v1", "") + "?serviceId=talk&serviceId=advice:2" + date;
        assertThat(visitor.get(bare, "If-None-Match", first.header("ETag")).status())
                .isEqualTo(304);
    }

    @Test
    void the_lists_say_what_can_be_booked_together() {
        var one = visitor.get("/external/v1/serviceCombination/branch/hall");
        assertThat(one.body())
                .isEqualTo(
                        json(
                                """
                                [{"branchId": "hall", "serviceCombinations": [
                                  {"resourceTypeId": "desk", "combinableServices": [],
                                   "unCombinableServices": ["passport", "wedding"],
                                   "combinedServices": [], "combinedSets": []},
                                  {"resourceTypeId": "counter", "combinableServices": ["question"],
                                   "unCombinableServices": ["wedding"],
                                   "combinedServices": ["advice", "talk"],
                                   "combinedSets": [["advice", "talk"]]}]}]
                                """));
        assertThat(visitor.get("/serviceCombination/branch").body()).isEqualTo(one.body());
    }

    @ParameterizedTest
    @CsvSource({
        "branch/none, 404, branch-unknown, ''",
        "branch/none/timeslots?serviceId=advice, 404, branch-unknown, ''",
        "branch/hall/timeslots, 400, malformed-query, serviceId",
        "branch/hall/timeslots?serviceId=a%20b, 400, malformed-query, serviceId",
        "branch/hall/timeslots?serviceId=advice&serviceId=none, 422, unknown-reference, serviceId",
        "branch/hall/timeslots?serviceId=advice%2Ctalk, 422, unknown-reference, serviceId",
        "branch/hall/timeslots?serviceId=advice&serviceId=question, 422, not-combined, ''",
        "branch/hall/timeslots?serviceId=advice&serviceId=passport, 422, not-combined, ''",
        "branch/hall/timeslots?serviceId=advice&serviceId=talk:2, 422, count-out-of-range,"
                + " numberOfReservations",
        "branch/hall/timeslots?serviceId=advice:0&serviceId=talk, 422, count-out-of-range,"
                + " numberOfReservations",
        "branch/hall/timeslots?serviceId=advice&serviceId=talk&numberOfReservations=3, 400,"
                + " malformed-query, numberOfReservations",
        "branch/hall/timeslots?serviceId=advice&serviceId=talk&numberOfReservations=x, 400,"
                + " malformed-query, numberOfReservations",
        "branch/hall/timeslots?serviceId=advice&serviceId=talk&requestedResourceId=desk-1, 422,"
                + " resource-not-selectable, requestedResourceId",
        "branch/hall/timeslots?serviceId=advice&from=2030-02-01&to=2030-01-01, 400,"
                + " malformed-query, from"
    })
    void a_question_is_refused_for(String path, int status, String type, String pointer) {
        refuses(visitor.get("/external/v1/serviceCombination/" + path), status, type, pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    []                                              | 400 | malformed-body        | /services
                    [{"numberOfReservations": 1}]                   | 400 | malformed-body        | /services/0/serviceId
                    [{"serviceId": "advice"}, {"serviceId": "none"}] | 422 | unknown-reference    | /services/1
                    [{"serviceId": "advice"}, {"serviceId": "question"}] | 422 | not-combined     | ''
                    [{"serviceId": "advice"}, {"serviceId": "talk", "numberOfReservations": 2}] | 422 | count-out-of-range | /services/1
                    [{"serviceId": "talk"}, {"serviceId": "advice"}, {"serviceId": "talk"}] | 422 | count-out-of-range | /services/0
                    [{"serviceId": "advice", "numberOfReservations": -1}, {"serviceId": "talk"}] | 422 | count-out-of-range | /services/0
                    [{"serviceId": "advice"}]                       | 422 | wrong-end             | /timeSlot/endTime
                    """)
    void a_hold_is_refused_for(String services, int status, String type, String pointer) {
        var slot = slots("?serviceId=advice&serviceId=talk" + on(inDays(8))).get(9);
        var before = events();
        var answer = visitor.post("/serviceCombination/reservations", reserve(slot, services));
        refuses(answer, status, type, pointer);
        assertThat(events()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "branch",
                "branch/hall",
                "branch/none",
                "branch/hall/timeslots?serviceId=advice&serviceId=talk",
                "branch/hall/timeslots?serviceId=advice"
            })
    void where_the_tenant_books_one_service_a_visit_it_is_said(String path) {
        var plain = visitor.of("plain");
        refuses(
                plain.get("/external/v1/serviceCombination/" + path),
                422,
                "combinations-switched-off",
                "");
        var slot = slots("?serviceId=advice" + on(inDays(8))).get(9);
        refuses(
                plain.post(
                        "/serviceCombination/reservations",
                        reserve(slot, "[{\"serviceId\": \"advice\"}]")),
                422,
                "combinations-switched-off",
                "");
    }

    private static void refuses(Answer answer, int status, String type, String pointer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
        assertThat(answer.body().path("errors").findValuesAsString("pointer"))
                .containsExactly(pointer.isEmpty() ? new String[0] : new String[] {pointer});
    }

    private static Duration lengthOf(JsonNode slot) {
        var timeSlot = slot.path("timeSlot");
        return Duration.between(
                OffsetDateTime.parse(timeSlot.path("startTime").asString()),
                OffsetDateTime.parse(timeSlot.path("endTime").asString()));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static long events() {
        return DATABASE.sql()
                .sql("select count(*) from domain_event_entry")
                .query(Long.class)
                .single();
    }
}
