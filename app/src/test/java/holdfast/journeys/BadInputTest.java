package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.hold;
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

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Whatever is wrong gets a named problem, and nothing is written. */
class BadInputTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @SuppressWarnings("NullAway.Init")
    private static String start;

    @SuppressWarnings("NullAway.Init")
    private static String end;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        City.found(node.url(), "neighbour", "PT15M");
        var slot = aSlot(visitor, PASSPORT, 3).path("timeSlot");
        start = slot.path("startTime").asString();
        end = slot.path("endTime").asString();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    broken JSON          | {"serviceId":                                                  | 400 | malformed-body | ``
                    no body              | ``                                                             | 400 | malformed-body | ``
                    text after the end   | {"serviceId":"passport","branchId":"hall","timeSlot":{"startTime":"S","endTime":"E"}} x | 400 | malformed-body | ``
                    a name twice         | {"serviceId":"passport","serviceID":"passport","branchId":"hall","timeSlot":{"startTime":"S","endTime":"E"}} | 400 | malformed-body | ``
                    a wrong type         | {"serviceId":7,"branchId":"hall","timeSlot":{"startTime":"S","endTime":"E"}} | 400 | malformed-body | /serviceId
                    a fraction           | {"serviceId":"passport","branchId":"hall","numberOfReservations":1.5,"timeSlot":{"startTime":"S","endTime":"E"}} | 400 | malformed-body | /numberOfReservations
                    a text for a number  | {"serviceId":"passport","branchId":"hall","numberOfReservations":"1","timeSlot":{"startTime":"S","endTime":"E"}} | 400 | malformed-body | /numberOfReservations
                    nothing named        | {}                                                             | 400 | malformed-body | /timeSlot
                    no offset            | {"serviceId":"passport","branchId":"hall","timeSlot":{"startTime":"2030-01-01T09:00:00","endTime":"E"}} | 400 | malformed-body | /timeSlot/startTime
                    a zero character     | {"serviceId":"passport","branchId":"hall","notes":"a\\u0000b","timeSlot":{"startTime":"S","endTime":"E"}} | 400 | malformed-body | /notes
                    unknown service      | {"serviceId":"none","branchId":"hall","timeSlot":{"startTime":"S","endTime":"E"}} | 422 | unknown-reference | /serviceId
                    unknown branch       | {"serviceId":"passport","branchId":"none","timeSlot":{"startTime":"S","endTime":"E"}} | 422 | unknown-reference | /branchId
                    unknown resource     | {"serviceId":"passport","branchId":"hall","requestedResourceId":"none","timeSlot":{"startTime":"S","endTime":"E"}} | 422 | unknown-reference | /requestedResourceId
                    no choice            | {"serviceId":"advice","branchId":"hall","requestedResourceId":"counters","timeSlot":{"startTime":"S","endTime":"E"}} | 422 | resource-not-selectable | /requestedResourceId
                    none at all          | {"serviceId":"passport","branchId":"hall","numberOfReservations":0,"timeSlot":{"startTime":"S","endTime":"E"}} | 422 | count-out-of-range | /numberOfReservations
                    too many             | {"serviceId":"passport","branchId":"hall","numberOfReservations":5,"timeSlot":{"startTime":"S","endTime":"E"}} | 422 | count-out-of-range | /numberOfReservations
                    a wrong end          | {"serviceId":"passport","branchId":"hall","timeSlot":{"startTime":"S","endTime":"S+31"}} | 422 | wrong-end | /timeSlot/endTime
                    off the grid         | {"serviceId":"passport","branchId":"hall","timeSlot":{"startTime":"S+7","endTime":"S+37"}} | 422 | off-grid | /timeSlot/startTime
                    in the past          | {"serviceId":"passport","branchId":"hall","timeSlot":{"startTime":"2020-01-06T09:00:00+01:00","endTime":"2020-01-06T09:30:00+01:00"}} | 422 | too-soon | /timeSlot/startTime
                    beyond the horizon   | {"serviceId":"passport","branchId":"hall","timeSlot":{"startTime":"D61","endTime":"D61+30"}} | 422 | beyond-horizon | /timeSlot/startTime
                    """)
    void a_hold_is_refused_for(String what, String body, int status, String type, String pointer) {
        var before = events();
        var answer = visitor.post("/external/v1/reservations", times(body));
        refuses(answer, status, type);
        if (!pointer.isEmpty()) {
            assertThat(answer.body().path("errors").findValuesAsString("pointer"))
                    .contains(pointer);
        }
        assertThat(events()).isEqualTo(before);
    }

    private static String times(String body) {
        var first = OffsetDateTime.parse(start);
        var day61 =
                LocalDate.now(ZoneId.of("Europe/Berlin"))
                        .plusDays(61)
                        .atTime(9, 0)
                        .atZone(ZoneId.of("Europe/Berlin"))
                        .toOffsetDateTime();
        return body.replace("\"S+7\"", "\"" + first.plusMinutes(7) + "\"")
                .replace("\"S+31\"", "\"" + first.plusMinutes(31) + "\"")
                .replace("\"S+37\"", "\"" + first.plusMinutes(37) + "\"")
                .replace("\"D61+30\"", "\"" + day61.plusMinutes(30) + "\"")
                .replace("\"D61\"", "\"" + day61 + "\"")
                .replace("\"S\"", "\"" + start + "\"")
                .replace("\"E\"", "\"" + end + "\"");
    }

    @Test
    void all_faults_of_a_confirmation_are_named_at_once() {
        var id = hold(visitor, ADVICE, aSlot(visitor, ADVICE, 4));
        var before = events();
        var answer =
                visitor.put(
                        "/reservations/" + id,
                        """
                        {"personalIdentifier": "short", "firstName": 7, "email": "nowhere",
                         "dateOfBirth": "31.12.1999"}
                        """);
        refuses(answer, 400, "malformed-body");
        assertThat(answer.body().path("errors").findValuesAsString("pointer"))
                .contains(
                        "/personalIdentifier", "/firstName", "/lastName", "/email", "/dateOfBirth");
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void a_huge_body_is_refused_unread() {
        var answer =
                visitor.post("/reservations", "{\"notes\": \"" + "x".repeat(3_000_000) + "\"}");
        refuses(answer, 413, "body-too-large");
    }

    @ParameterizedTest
    @CsvSource({
        "/external/v1/services/passport/timeslots, 400, malformed-query",
        "/external/v1/services/passport/timeslots?branchId=none, 422, unknown-reference",
        "/external/v1/services/none/timeslots?branchId=hall, 404, service-unknown",
        "/external/v1/services/passport/timeslots?branchId=hall&numberOfReservations=x, 400,"
                + " malformed-query",
        "/external/v1/services/passport/timeslots?branchId=hall&numberOfReservations=9, 422,"
                + " count-out-of-range",
        "/external/v1/services/passport/timeslots?branchId=hall&from=tomorrow, 400,"
                + " malformed-query",
        "/external/v1/services/passport/timeslots?branchId=hall&from=2030-02-01&to=2030-01-01, 400,"
                + " malformed-query",
        "/external/v1/services/passport/timeslots?branchId=hall&from=2030-01-01&to=2030-04-03, 400,"
                + " malformed-query",
        "/external/v1/services/none, 404, service-unknown",
        "/external/v1/services/groups, 404, no-service-groups",
        "/external/v1/reservations/none, 404, reservation-unknown",
        "/external/v1/reservations/0190a000-0000-7000-8000-000000000001, 404, reservation-unknown",
        "/external/v1/appointments/0190a000-0000-7000-8000-000000000001, 404, reservation-unknown"
    })
    void a_question_is_refused_for_what_it_names(String path, int status, String type) {
        refuses(visitor.get(path), status, type);
    }

    @Test
    void a_fault_in_a_query_has_the_name_of_its_parameter() {
        var slots = "/external/v1/services/passport/timeslots?branchId=";
        for (var wrong :
                new String[][] {
                    {slots + "none", "branchId"},
                    {slots + "hall&numberOfReservations=9", "numberOfReservations"},
                    {slots + "hall&requestedResourceId=none", "requestedResourceId"},
                    {slots + "hall&from=2030-02-01&to=2030-01-01", "from"}
                }) {
            assertThat(visitor.get(wrong[0]).body().path("errors").findValuesAsString("pointer"))
                    .as(wrong[0])
                    .containsExactly(wrong[1]);
        }
    }

    @Test
    void a_tenant_is_needed_and_must_exist() {
        refuses(Caller.anonymous(node.url()).get("/services"), 400, "tenant-missing");
        refuses(Caller.anonymous(node.url()).of("nowhere").get("/services"), 404, "tenant-unknown");
    }

    @Test
    void another_tenants_reservation_is_as_unknown_as_none() {
        var id = hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, 5));
        var stranger = visitor.of("neighbour");
        var unknown = "0190a000-0000-7000-8000-000000000002";
        var before = events();
        for (var each : new String[] {id, unknown}) {
            var path = "/external/v1/reservations/" + each;
            refuses(stranger.get(path), 404, "reservation-unknown");
            refuses(stranger.put(path, person("ada1234567", "Ada")), 404, "reservation-unknown");
            refuses(stranger.delete(path), 404, "reservation-unknown");
            refuses(stranger.post(path + "/extension", ""), 404, "reservation-unknown");
            refuses(stranger.delete("/appointments/" + each), 404, "reservation-unknown");
        }
        assertThat(events()).isEqualTo(before);
        assertThat(visitor.get("/reservations/" + id).status()).isEqualTo(200);
    }

    private static void refuses(Answer answer, int status, String type) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("title").asString()).isNotEmpty();
        var page = Caller.anonymous(node.url()).get(answer.type());
        assertThat(page.status()).as("the page of " + answer.type()).isEqualTo(200);
    }

    private static long events() {
        return DATABASE.sql()
                .sql("select count(*) from domain_event_entry")
                .query(Long.class)
                .single();
    }
}
