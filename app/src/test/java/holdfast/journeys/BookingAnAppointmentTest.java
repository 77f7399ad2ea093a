package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.isListed;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.reserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** The customer's path: find a slot, hold it, confirm it, or let it go. */
class BookingAnAppointmentTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @SuppressWarnings("NullAway.Init")
    private static Caller hasty;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        hasty = City.found(node.url(), "hasty", "PT2S");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void a_visitor_finds_a_slot_holds_it_confirms_it_and_sees_it_gone() {
        var services = visitor.speaking("de").get("/external/v1/services");
        assertThat(services.body().findValuesAsString("name")).contains("Reisepass", "Rathaus");
        assertThat(services.header("Content-Language")).startsWith("de");
        assertThat(visitor.get("/services").body().findValuesAsString("name"))
                .contains("Passport", "City hall");

        var slot = aSlot(visitor, PASSPORT, 3);
        var held = visitor.post("/external/v1/reservations", reserve(PASSPORT, slot));
        assertThat(held.status()).isEqualTo(201);
        assertThat(held.body().path("status").asString()).isEqualTo("RESERVED");
        assertThat(held.body().path("timeSlot")).isEqualTo(slot.path("timeSlot"));
        var id = held.body().path("reservationId").asString();
        assertThat(held.header("Location")).endsWith("/external/v1/reservations/" + id);
        assertThat(isListed(visitor, PASSPORT, slot)).isFalse();

        var path = "/external/v1/reservations/" + id;
        var confirmed = visitor.put(path, person("ada1234567", "Ada"));
        assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(201);
        assertThat(confirmed.body().path("status").asString()).isEqualTo("CONFIRMED");
        assertThat(confirmed.body().path("appointmentId").asString()).isEqualTo(id);
        assertThat(confirmed.body().path("customer").path("firstName").asString()).isEqualTo("Ada");

        var again = visitor.put(path, person("ada1234567", "Ada"));
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(confirmed.body());
        assertThat(visitor.put(path, person("ada1234567", "Eve")).status()).isEqualTo(409);
        assertThat(visitor.delete(path).status()).isEqualTo(409);

        var search = "{\"customer\": {\"personalIdentifier\": \"ada1234567\"}}";
        var desk = Caller.operator(node.url()).of("city");
        var found = desk.post("/external/v1/appointments/search", search);
        assertThat(found.body().findValuesAsString("appointmentId")).containsExactly(id);
        // knowing somebody's identifier is no reason to be told
        assertThat(visitor.post("/external/v1/appointments/search", search).status())
                .isEqualTo(401);
        assertThat(visitor.get("/appointments/" + id).body()).isEqualTo(confirmed.body());

        assertThat(visitor.delete("/external/v1/appointments/" + id + "?reason=ill").status())
                .isEqualTo(204);
        assertThat(visitor.delete("/external/v1/appointments/" + id).status()).isEqualTo(204);
        assertThat(isListed(visitor, PASSPORT, slot)).isTrue();
        assertThat(visitor.put(path, person("ada1234567", "Ada")).status()).isEqualTo(409);
    }

    @Test
    void an_address_that_no_call_has_is_not_found_by_anybody() {
        var desk = Caller.operator(node.url()).of("city");
        for (var caller : List.of(visitor, Caller.anonymous(node.url()), desk)) {
            for (var path : List.of("/nowhere", "/admin/v1/nowhere", "/external/v1/nowhere")) {
                var answer = caller.get(path);
                assertThat(answer.status()).as("%s %s", path, answer.body()).isEqualTo(404);
                assertThat(answer.type()).isEqualTo("/problems/not-found");
            }
        }
        // what is there stays closed
        assertThat(visitor.get("/admin/v1/catalogue").status()).isEqualTo(401);
        assertThat(visitor.delete("/admin/v1/catalogue").status()).isEqualTo(401);
        assertThat(visitor.get("/actuator/env").status()).isEqualTo(404);
    }

    @Test
    void a_released_hold_is_free_at_once() {
        var slot = aSlot(visitor, PASSPORT, 4);
        var id = hold(visitor, PASSPORT, slot);
        assertThat(isListed(visitor, PASSPORT, slot)).isFalse();
        assertThat(visitor.delete("/external/v1/reservations/reservations/" + id).status())
                .isEqualTo(204);
        assertThat(isListed(visitor, PASSPORT, slot)).isTrue();
        hold(visitor, PASSPORT, slot);
    }

    @Test
    void a_hold_nobody_confirms_ends_by_itself_and_the_log_tells_it() {
        var slot = aSlot(hasty, PASSPORT, 3);
        var id = hold(hasty, PASSPORT, slot);
        await().atMost(Duration.ofSeconds(10)).until(() -> isListed(hasty, PASSPORT, slot));
        var late = hasty.put("/external/v1/reservations/" + id, person("ada1234567", "Ada"));
        assertThat(late.status()).isEqualTo(410);
        assertThat(late.type()).isEqualTo("/problems/hold-lapsed");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(Nodes.history(DATABASE, id))
                                        .containsExactly(
                                                "reservation.Reserved", "reservation.Expired"));
        assertThat(hasty.delete("/external/v1/reservations/" + id).status()).isEqualTo(204);
        assertThat(hasty.get("/reservations/" + id).body().path("status").asString())
                .isEqualTo("EXPIRED");
    }

    @Test
    void a_claim_that_meets_a_lapsed_hold_takes_over_and_records_its_end_first() {
        var slot = aSlot(hasty, ADVICE, 5);
        for (int n = 0; n < 7; n++) {
            hold(hasty, ADVICE, slot);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> isListed(hasty, ADVICE, slot));
        var id = hold(hasty, ADVICE, slot);
        assertThat(Nodes.eventsBefore(DATABASE, id, "reservation.Expired"))
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void a_hold_can_be_extended_as_often_as_the_tenant_allows() {
        var id = hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, 6));
        var path = "/external/v1/reservations/" + id;
        var before = visitor.get(path).body().path("expiresAt").asString();
        var extended = visitor.post(path + "/extension", "");
        assertThat(extended.status()).as("%s", extended.body()).isEqualTo(200);
        assertThat(extended.body().path("expiresAt").asString()).isGreaterThan(before);
        assertThat(visitor.post(path + "/extension", "").status()).isEqualTo(409);
    }

    @Test
    void the_resource_that_was_asked_for_is_the_one_that_is_given() {
        var slot = aSlot(visitor, PASSPORT, 7);
        assertThat(slot.path("availableResources").findValuesAsString("id"))
                .containsExactly("desk-1");
        var held =
                visitor.post(
                        "/reservations",
                        """
                        {"SERVICEID": "passport", "branchid": "hall", "requestedResourceID": "desk-1",
                         "Numberofreservations": 1, "timeSlot": %s, "notes": "Wheelchair"}
                        """
                                .formatted(slot.path("timeSlot")));
        assertThat(held.status()).as("%s", held.body()).isEqualTo(201);
        assertThat(held.body().path("resources").path(0).path("id").asString()).isEqualTo("desk-1");
        assertThat(held.body().path("resources").path(0).path("chosenBy").asString())
                .isEqualTo("CUSTOMER");
        assertThat(held.body().path("notes").asString()).isEqualTo("Wheelchair");
    }
}
