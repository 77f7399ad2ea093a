package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.appointment;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.inDays;
import static holdfast.journeys.City.isListed;
import static holdfast.journeys.City.person;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.journeys.Caller.Answer;
import holdfast.reservation.Verification;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/** Staff book for people, see their day, and note who came. */
class WorkingAtTheDeskTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @SuppressWarnings("NullAway.Init")
    private static Caller desk;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        City.found(node.url(), "neighbour", "PT15M");
        desk = Caller.operator(node.url()).of("city");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void an_appointment_is_booked_for_somebody_in_one_step() throws Exception {
        var slot = aSlot(visitor, PASSPORT, 3);

        var booked = desk.post("/admin/v1/appointments", book(PASSPORT, slot.path("timeSlot")));

        assertThat(booked.status()).as("%s", booked.body()).isEqualTo(201);
        var id = booked.body().path("appointmentId").asString();
        assertThat(booked.header("Location")).endsWith("/appointments/" + id);
        assertThat(booked.header("Cache-Control")).isEqualTo("no-store");
        assertThat(booked.body().path("status").asString()).isEqualTo("CONFIRMED");
        assertThat(booked.body().path("notes").asString()).isEqualTo("Called by phone");
        assertThat(desk.get("/appointments/" + id).body()).isEqualTo(booked.body());
        assertThat(isListed(visitor, PASSPORT, slot)).isFalse();
        assertThat(Nodes.history(DATABASE, id))
                .containsExactly("reservation.Reserved", "reservation.Confirmed");
        refuses(
                desk.post("/admin/v1/appointments", book(PASSPORT, slot.path("timeSlot"))),
                409,
                "slot-taken");
        tablesAgree();
    }

    @Test
    void staff_may_book_beyond_the_horizon_and_never_beyond_the_places() {
        var far = inDays(100).atTime(9, 0).atZone(ZoneId.of("Europe/Berlin")).toOffsetDateTime();
        var slot =
                """
                {"startTime": "%s", "endTime": "%s"}
                """
                        .formatted(far, far.plusMinutes(30));
        assertThat(visitor.post("/reservations", reserveAt(slot)).type())
                .isEqualTo("/problems/beyond-horizon");
        assertThat(desk.post("/admin/v1/appointments", book(PASSPORT, slot)).status())
                .isEqualTo(201);
        refuses(desk.post("/admin/v1/appointments", book(PASSPORT, slot)), 409, "slot-taken");
        var past = slot.replace(String.valueOf(far.getYear()), "2020");
        refuses(desk.post("/admin/v1/appointments", book(PASSPORT, past)), 422, "too-soon");
    }

    @Test
    void the_day_lists_who_comes_and_whether_they_came() {
        var slots = City.slots(visitor, ADVICE, inDays(5));
        var late = appointment(visitor, ADVICE, slots.get(20), "late1234567");
        var early = appointment(visitor, ADVICE, slots.get(2), "early1234567");
        var off = appointment(visitor, ADVICE, slots.get(10), "off1234567890");
        visitor.delete("/appointments/" + off);
        hold(visitor, ADVICE, slots.get(11));
        appointment(visitor, ADVICE, City.slots(visitor, ADVICE, inDays(6)).get(0), "next1234567");
        desk.post("/admin/v1/appointments/" + early + "/arrival", "");

        var day = day(inDays(5));

        assertThat(day.status()).as("%s", day.body()).isEqualTo(200);
        assertThat(day.header("Cache-Control")).isEqualTo("no-store");
        assertThat(day.body().findValuesAsString("appointmentId"))
                .containsExactly(early, off, late);
        assertThat(day.body().findValuesAsString("status"))
                .containsExactly("ARRIVED", "CANCELLED", "CONFIRMED");
        assertThat(day.body().findValuesAsString("personalIdentifier"))
                .containsExactly("early1234567", "off1234567890", "late1234567");
    }

    private static Answer day(LocalDate date) {
        return desk.get("/admin/v1/appointments?branchId=hall&date=" + date);
    }

    @Test
    void a_customer_arrives_and_is_served() throws Exception {
        var id = appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 7), "ada1234567");
        var path = "/admin/v1/appointments/" + id;
        refuses(desk.post(path + "/completion", ""), 409, "out-of-order");
        refuses(desk.post(path + "/no-show", ""), 422, "not-begun");
        for (int twice = 0; twice < 2; twice++) {
            var arrived = desk.post(path + "/arrival", "");
            assertThat(arrived.status()).as("%s", arrived.body()).isEqualTo(200);
            assertThat(arrived.body().path("status").asString()).isEqualTo("ARRIVED");
        }
        refuses(visitor.delete("/appointments/" + id), 409, "not-an-appointment");
        assertThat(desk.post(path + "/completion", "").body().path("status").asString())
                .isEqualTo("COMPLETED");
        refuses(desk.post(path + "/arrival", ""), 409, "out-of-order");
        assertThat(Nodes.history(DATABASE, id))
                .endsWith("reservation.Arrived", "reservation.Completed");
        tablesAgree();
    }

    @Test
    void what_is_no_appointment_of_this_tenant_is_unknown_to_the_desk() {
        var held = hold(visitor, ADVICE, aSlot(visitor, ADVICE, 8));
        var id = appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 8), "ada1234567");
        var elsewhere = desk.of("neighbour");
        for (var step : new String[] {"/arrival", "/completion", "/no-show"}) {
            refuses(
                    desk.post("/admin/v1/appointments/" + held + step, ""),
                    404,
                    "reservation-unknown");
            refuses(
                    elsewhere.post("/admin/v1/appointments/" + id + step, ""),
                    404,
                    "reservation-unknown");
        }
        refuses(
                desk.get("/admin/v1/appointments?branchId=none&date=" + inDays(5)),
                422,
                "unknown-reference");
        refuses(desk.get("/admin/v1/appointments?branchId=hall"), 400, "malformed-query");
        refuses(
                visitor.get("/admin/v1/appointments?branchId=hall&date=" + inDays(5)),
                401,
                "unauthenticated");
    }

    private static String book(String service, JsonNode slot) {
        return book(service, slot.toString());
    }

    private static String book(String service, String slot) {
        return """
        {"serviceId": "%s", "branchId": "hall", "timeSlot": %s, "notes": "Called by phone",
         "customer": %s}
        """
                .formatted(service, slot, person("ada1234567", "Ada"));
    }

    private static String reserveAt(String slot) {
        return """
        {"serviceId": "passport", "branchId": "hall", "timeSlot": %s}
        """
                .formatted(slot);
    }

    private static void refuses(Answer answer, int status, String type) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
    }

    private static void tablesAgree() throws SQLException {
        FoldedLog.of(DATABASE, "city", Map.of("desk-1", 1, "counters", City.COUNTERS))
                .agreesWithTheTables();
        assertThat(
                        Verification.of(DATABASE.dataSource(), Duration.ofSeconds(60))
                                .run((what, done, total) -> {})
                                .named())
                .isEmpty();
    }
}
