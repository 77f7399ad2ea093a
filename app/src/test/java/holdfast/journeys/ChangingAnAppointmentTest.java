package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.WEDDING;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.appointment;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.into;
import static holdfast.journeys.City.isListed;
import static holdfast.journeys.City.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.catalogue.TenantId;
import holdfast.customer.Customers;
import holdfast.customer.EraseCustomer;
import holdfast.journeys.Caller.Answer;
import holdfast.reservation.Verification;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** An appointment gets another time or another customer, and stays the same appointment. */
class ChangingAnAppointmentTest {

    private static final String NOBODY = "0190a000-0000-7000-8000-000000000002";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    /** Her holds last two seconds. */
    @SuppressWarnings("NullAway.Init")
    private static Caller hasty;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        var asking =
                City.catalogue("city", "PT15M")
                        .replace(
                                "{\"id\": \"advice\",",
                                """
                                {"id": "advice",
                                 "informationQuestions": [
                                   {"required": false, "questionText": {"de_DE": "Seit wann?", "en_US": "Since?"}}],\
                                """);
        var applied = Caller.operator(node.url()).of("city").put("/admin/v1/catalogue", asking);
        assertThat(applied.status()).as("%s", applied.body()).isEqualTo(200);
        hasty = City.found(node.url(), "hasty", "PT2S");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void it_moves_to_the_time_of_a_hold_and_gives_the_old_one_back() throws Exception {
        var slot = aSlot(visitor, PASSPORT, 3);
        var later = aSlot(visitor, PASSPORT, 4);
        var id = appointment(visitor, PASSPORT, slot, "ada1234567");
        var hold = hold(visitor, PASSPORT, later);

        var moved = visitor.put("/external/v1/appointments/" + id, into(hold));

        assertThat(moved.status()).as("%s", moved.body()).isEqualTo(200);
        assertThat(moved.body().path("appointmentId").asString()).isEqualTo(id);
        assertThat(moved.body().path("timeSlot")).isEqualTo(later.path("timeSlot"));
        assertThat(moved.body().path("status").asString()).isEqualTo("CONFIRMED");
        assertThat(moved.body().path("customer").path("firstName").asString()).isEqualTo("Ada");
        assertThat(visitor.get("/appointments/" + id).body()).isEqualTo(moved.body());
        assertThat(isListed(visitor, PASSPORT, slot)).isTrue();
        assertThat(isListed(visitor, PASSPORT, later)).isFalse();
        assertThat(visitor.get("/reservations/" + hold).body().path("status").asString())
                .isEqualTo("RELEASED");

        var again = visitor.put("/appointments/" + id, into(hold));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(moved.body());
        assertThat(Nodes.history(DATABASE, id))
                .containsExactly(
                        "reservation.Reserved", "reservation.Confirmed", "reservation.Rescheduled");
        assertThat(Nodes.history(DATABASE, hold))
                .containsExactly("reservation.Reserved", "reservation.HandedOver");
        assertThat(visitor.delete("/reservations/" + hold).status()).isEqualTo(204);

        assertThat(visitor.delete("/appointments/" + id).status()).isEqualTo(204);
        assertThat(isListed(visitor, PASSPORT, later)).isTrue();
        tablesAgree("city");
    }

    @Test
    void it_moves_again_and_back_and_with_more_people() throws Exception {
        var slot = aSlot(visitor, WEDDING, 6);
        var later = aSlot(visitor, WEDDING, 7);
        var id = appointment(visitor, WEDDING, slot, "ada1234567");
        moves(visitor, id, hold(visitor, WEDDING, later));
        moves(visitor, id, hold(visitor, WEDDING, slot));
        assertThat(isListed(visitor, WEDDING, slot)).isFalse();
        assertThat(isListed(visitor, WEDDING, later)).isTrue();

        var one = appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 8), "ada1234567");
        var start = aSlot(visitor, ADVICE, 9).path("timeSlot").path("startTime").asString();
        var end = aSlot(visitor, ADVICE, 9).path("timeSlot").path("endTime").asString();
        var two =
                visitor.post(
                        "/reservations",
                        """
                        {"serviceId": "advice", "branchId": "hall", "numberOfReservations": 2,
                         "timeSlot": {"startTime": "%s", "endTime": "%s"}}
                        """
                                .formatted(start, OffsetDateTime.parse(end).plusMinutes(30)));
        assertThat(two.status()).as("%s", two.body()).isEqualTo(201);
        var moved = moves(visitor, one, two.body().path("reservationId").asString());
        assertThat(moved.body().path("numberOfReservations").asInt()).isEqualTo(2);
        tablesAgree("city");
    }

    private static Answer moves(Caller caller, String id, String hold) {
        var moved = caller.put("/appointments/" + id, into(hold));
        assertThat(moved.status()).as("%s", moved.body()).isEqualTo(200);
        return moved;
    }

    @Test
    void what_cannot_be_moved_so_stays_where_it_is() {
        var slot = aSlot(visitor, PASSPORT, 10);
        var id = appointment(visitor, PASSPORT, slot, "ada1234567");
        var cancelled = appointment(visitor, PASSPORT, aSlot(visitor, PASSPORT, 11), "ada1234567");
        visitor.delete("/appointments/" + cancelled);
        var hold = hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, 12));
        var released = hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, 13));
        visitor.delete("/reservations/" + released);
        var advice = hold(visitor, ADVICE, aSlot(visitor, ADVICE, 12));
        var stranger = hasty.at(node.url());
        var before = events();

        refuses(move(id, advice), 422, "other-services");
        refuses(move(id, NOBODY), 422, "unknown-reference");
        refuses(move(id, "none"), 422, "unknown-reference");
        refuses(move(id, released), 409, "not-on-hold");
        refuses(move(id, id), 409, "not-on-hold");
        refuses(move(NOBODY, hold), 404, "reservation-unknown");
        refuses(move(hold, advice), 404, "reservation-unknown");
        refuses(move(cancelled, hold), 409, "not-an-appointment");
        refuses(visitor.put("/appointments/" + id, "{}"), 400, "malformed-body");
        refuses(stranger.put("/appointments/" + id, into(hold)), 404, "reservation-unknown");

        assertThat(events()).isEqualTo(before);
        assertThat(visitor.get("/appointments/" + id).body().path("timeSlot"))
                .isEqualTo(slot.path("timeSlot"));
        moves(visitor, id, hold);
    }

    @Test
    void another_tenants_hold_is_as_unknown_as_none() {
        var hers = hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, 14));
        var id = appointment(hasty, PASSPORT, aSlot(hasty, PASSPORT, 14), "ada1234567");
        refuses(hasty.put("/appointments/" + id, into(hers)), 422, "unknown-reference");
        assertThat(visitor.get("/reservations/" + hers).body().path("status").asString())
                .isEqualTo("RESERVED");
    }

    @Test
    void a_hold_that_ended_moves_nothing() {
        var slot = aSlot(hasty, PASSPORT, 3);
        var later = aSlot(hasty, PASSPORT, 4);
        var id = appointment(hasty, PASSPORT, slot, "ada1234567");
        var hold = hold(hasty, PASSPORT, later);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                hasty.get("/reservations/" + hold)
                                        .body()
                                        .path("status")
                                        .asString()
                                        .equals("EXPIRED"));

        refuses(hasty.put("/appointments/" + id, into(hold)), 410, "hold-lapsed");

        assertThat(hasty.get("/appointments/" + id).body().path("timeSlot"))
                .isEqualTo(slot.path("timeSlot"));
        assertThat(isListed(hasty, PASSPORT, slot)).isFalse();
        assertThat(isListed(hasty, PASSPORT, later)).isTrue();
    }

    @Test
    void what_cannot_be_cancelled_any_more_cannot_be_moved_either() {
        var late = City.found(node.url(), "late", "PT15M");
        var id = appointment(late, PASSPORT, aSlot(late, PASSPORT, 3), "ada1234567");
        var hold = hold(late, PASSPORT, aSlot(late, PASSPORT, 4));
        var strict =
                City.catalogue("late", "PT15M")
                        .replace("\"hold\"", "\"cancelDeadlineMinutes\": 43200, \"hold\"");
        Caller.operator(node.url()).of("late").put("/admin/v1/catalogue", strict);

        var answer = late.put("/appointments/" + id, into(hold));

        refuses(answer, 422, "reschedule-deadline-passed");
        assertThat(answer.body().path("reschedulableUntil").asString()).isNotEmpty();
    }

    @Test
    void who_comes_is_changed_and_what_was_answered_stays() {
        var slot = aSlot(visitor, ADVICE, 15);
        var held =
                visitor.post(
                        "/reservations",
                        """
                        {"serviceId": "advice", "branchId": "hall", "timeSlot": %s, "notes": "By the back door"}
                        """
                                .formatted(slot.path("timeSlot")));
        var id = held.body().path("reservationId").asString();
        var answered =
                person("ada1234567", "Ada")
                        .replace(
                                "\"phoneNumber\"",
                                """
                                "informationQuestions": [{"questionText": "Since?", "answer": "May"}],
                                "phoneNumber"\
                                """);
        assertThat(visitor.put("/reservations/" + id, answered).status()).isEqualTo(201);
        var path = "/external/v1/appointments/" + id;

        assertThat(visitor.put(path + "/customer", person("ada1234567", "Augusta")).status())
                .isEqualTo(204);

        var appointment = visitor.get(path).body();
        assertThat(appointment.path("customer").path("firstName").asString()).isEqualTo("Augusta");
        assertThat(appointment.path("notes").asString()).isEqualTo("By the back door");
        assertThat(appointment.path("informationQuestions").path(0).path("answer").asString())
                .isEqualTo("May");
        var before = events();
        assertThat(visitor.put(path + "/customer", person("ada1234567", "Augusta")).status())
                .isEqualTo(204);
        assertThat(events()).as("nothing new").isEqualTo(before);
        assertThat(Nodes.history(DATABASE, id)).endsWith("reservation.CustomerChanged");
        // confirming is sent again with what is true by now
        refuses(visitor.put("/reservations/" + id, answered), 409, "confirmed-with-other-details");
        assertThat(visitor.put("/reservations/" + id, answered.replace("Ada", "Augusta")).status())
                .isEqualTo(201);
    }

    @Test
    void with_another_identifier_it_is_the_other_customers_appointment() throws Exception {
        var id = appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 16), "first1234567");
        var path = "/appointments/" + id;
        assertThat(visitor.put(path + "/customer", person("other1234567", "Eve")).status())
                .isEqualTo(204);
        assertThat(search("first1234567")).isEmpty();
        assertThat(search("other1234567")).containsExactly(id);

        moves(visitor, id, hold(visitor, ADVICE, aSlot(visitor, ADVICE, 17)));
        assertThat(visitor.delete(path + "?reason=ill").status()).isEqualTo(204);
        tablesAgree("city");
    }

    @Test
    void only_an_appointments_customer_can_be_changed_and_only_to_somebody() {
        var held = hold(visitor, ADVICE, aSlot(visitor, ADVICE, 18));
        var id = appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 18), "ada1234567");
        var eve = person("eve1234567", "Eve");
        var before = events();
        refuses(
                visitor.put("/appointments/" + held + "/customer", eve),
                404,
                "reservation-unknown");
        refuses(
                visitor.put("/appointments/" + NOBODY + "/customer", eve),
                404,
                "reservation-unknown");
        refuses(hasty.put("/appointments/" + id + "/customer", eve), 404, "reservation-unknown");
        var faulty =
                visitor.put(
                        "/appointments/" + id + "/customer",
                        "{\"personalIdentifier\": \"short\", \"email\": \"nowhere\"}");
        refuses(faulty, 400, "malformed-body");
        assertThat(faulty.body().path("errors").findValuesAsString("pointer"))
                .contains("/personalIdentifier", "/firstName", "/lastName", "/email");
        assertThat(events()).isEqualTo(before);

        visitor.delete("/appointments/" + id);
        refuses(visitor.put("/appointments/" + id + "/customer", eve), 409, "not-an-appointment");
    }

    @Test
    void nothing_of_an_erased_customer_is_carried_over() {
        var id = appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 19), "erased1234567");
        var tenant = TenantId.of("city");
        var customer = node.bean(Customers.class).find(tenant, "erased1234567").orElseThrow();
        node.bean(CommandGateway.class).sendAndWait(new EraseCustomer(tenant, customer));
        refuses(
                visitor.put("/appointments/" + id + "/customer", person("eve1234567", "Eve")),
                409,
                "customer-forgotten");
    }

    private static List<String> search(String identifier) {
        return Caller.operator(node.url())
                .of("city")
                .post(
                        "/appointments/search",
                        "{\"customer\": {\"personalIdentifier\": \"%s\"}}".formatted(identifier))
                .body()
                .findValuesAsString("appointmentId");
    }

    private static Answer move(String id, String hold) {
        return visitor.put("/appointments/" + id, into(hold));
    }

    private static void refuses(Answer answer, int status, String type) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    private static void tablesAgree(String tenant) throws SQLException {
        FoldedLog.of(DATABASE, tenant, Map.of("desk-1", 1, "counters", City.COUNTERS))
                .agreesWithTheTables();
        assertThat(
                        Verification.of(DATABASE.dataSource(), Duration.ofSeconds(60))
                                .run((what, done, total) -> {})
                                .named())
                .isEmpty();
    }

    private static long events() {
        return DATABASE.sql()
                .sql("select count(*) from domain_event_entry")
                .query(Long.class)
                .single();
    }
}
