package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.appointment;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.isListed;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.reserve;
import static holdfast.journeys.City.slots;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A manager and the desk change what is offered, having looked first whom that would strand. */
class ChangingTheCatalogueTest {

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller operator;

    @BeforeAll
    static void start() {
        node = Nodes.start(TestDatabase.fresh());
        operator = Caller.operator(node.url());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static JsonNode ok(Caller.Answer answer, int status) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        return answer.body();
    }

    private static List<String> stranded(JsonNode answer) {
        return answer.path("stranded").findValuesAsString("appointmentId");
    }

    private static String time(JsonNode slot, String which) {
        return slot.path("timeSlot").path(which).asString();
    }

    private static String period(JsonNode slot) {
        return """
        "from": "%s", "to": "%s", "reason": "Water damage"\
        """
                .formatted(time(slot, "startTime"), time(slot, "endTime"));
    }

    @Test
    void a_closure_names_whom_it_strands_and_leaves_them_their_appointment() {
        var visitor = City.found(node.url(), "city", "PT15M");
        var manager = operator.of("city");
        var slot = aSlot(visitor, PASSPORT, 3);
        var other = aSlot(visitor, PASSPORT, 5);
        var id = hold(visitor, PASSPORT, slot);
        visitor.put("/reservations/" + id, person("ada1234567", "Ada"));
        var elsewhere = hold(visitor, PASSPORT, other);
        visitor.put("/reservations/" + elsewhere, person("ada1234567", "Ada"));
        assertThat(visitor.delete("/reservations/" + id).status()).isEqualTo(409);

        var closing =
                City.catalogue("city", "PT15M")
                        .replace(
                                "\"booking\"",
                                """
                                "closures": [{"from": "%s", "to": "%s", "reason": "Water damage"}],
                                "booking"\
                                """
                                        .formatted(
                                                slot.path("timeSlot").path("startTime").asString(),
                                                slot.path("timeSlot").path("endTime").asString()));
        var before = manager.get("/admin/v1/catalogue");
        var preview = manager.put("/admin/v1/catalogue?dryRun=true", closing);
        assertThat(preview.status()).as("%s", preview.body()).isEqualTo(200);
        assertThat(preview.body().path("changes").findValuesAsString("kind"))
                .containsExactly("BRANCH");
        assertThat(preview.body().path("stranded").findValuesAsString("appointmentId"))
                .containsExactly(id);
        assertThat(manager.get("/admin/v1/catalogue").body()).isEqualTo(before.body());

        var applied = manager.put("/admin/v1/catalogue", closing);
        assertThat(applied.body()).isEqualTo(preview.body());
        assertThat(manager.put("/admin/v1/catalogue", closing).body().path("changes").size())
                .isZero();
        assertThat(visitor.get("/appointments/" + id).body().path("status").asString())
                .isEqualTo("CONFIRMED");
        assertThat(visitor.delete("/appointments/" + id).status()).isEqualTo(204);
        assertThat(isListed(visitor, PASSPORT, slot)).isFalse();
    }

    @Test
    void the_desk_closes_for_a_while_and_opens_again() {
        var visitor = City.found(node.url(), "closing", "PT15M");
        City.found(node.url(), "elsewhere", "PT15M");
        var desk = operator.of("closing");
        var slot = aSlot(visitor, PASSPORT, 3);
        var id = appointment(visitor, PASSPORT, slot, "ada1234567");
        var places =
                List.of(
                        "\"branch\": \"hall\"",
                        "\"branch\": \"hall\", \"service\": \"passport\"",
                        "\"resourcePool\": \"desks\"",
                        "\"resource\": \"desk-1\"");
        var reasons = List.of("branch closed", "service closed", "pool closed", "resource closed");
        for (int n = 0; n < places.size(); n++) {
            var closure = "{%s, %s}".formatted(places.get(n), period(slot));

            var preview = ok(desk.post("/admin/v1/closures?dryRun=true", closure), 200);
            assertThat(stranded(preview)).containsExactly(id);
            assertThat(preview.at("/stranded/0/reason").asString()).isEqualTo(reasons.get(n));
            assertThat(ok(desk.get("/admin/v1/closures"), 200).size()).isZero();

            var made = desk.post("/admin/v1/closures", closure);
            assertThat(ok(made, 201)).isEqualTo(preview);
            assertThat(ok(desk.post("/admin/v1/closures", closure), 200).path("changes").size())
                    .isZero();
            assertThat(isListed(visitor, PASSPORT, slot)).isFalse();
            var read = ok(desk.get(made.header("Location")), 200);
            assertThat(read).isEqualTo(made.body().path("closure"));
            assertThat(ok(desk.get("/admin/v1/closures"), 200).valueStream()).containsExactly(read);
            assertThat(operator.of("elsewhere").get(made.header("Location")).type())
                    .isEqualTo("/problems/entry-unknown");

            var reopened = ok(desk.delete(made.header("Location") + "?dryRun=true"), 200);
            assertThat(stranded(reopened)).isEmpty();
            ok(desk.delete(made.header("Location")), 204);
            assertThat(desk.delete(made.header("Location")).status()).isEqualTo(404);
        }
        ok(visitor.delete("/appointments/" + id), 204);
        assertThat(isListed(visitor, PASSPORT, slot)).isTrue();
    }

    @Test
    void a_pool_has_other_numbers_of_places_for_a_time_and_who_came_first_stays() {
        var visitor = City.found(node.url(), "fair", "PT15M");
        var manager = operator.of("fair");
        var slot = aSlot(visitor, ADVICE, 3);
        var first = appointment(visitor, ADVICE, slot, "ada1234567");
        var second = appointment(visitor, ADVICE, slot, "bob1234567");
        var third = appointment(visitor, ADVICE, slot, "cat1234567");
        var pool = (ObjectNode) ok(manager.get("/admin/v1/resource-pools/counters"), 200);
        pool.putArray("temporaryCapacities").add(json("{%s, \"capacity\": 2}", period(slot)));

        var preview =
                ok(
                        manager.put(
                                "/admin/v1/resource-pools/counters?dryRun=true", pool.toString()),
                        200);
        assertThat(stranded(preview)).containsExactly(third);
        assertThat(preview.at("/stranded/0/reason").asString()).isEqualTo("pool reduced");
        assertThat(ok(manager.put("/admin/v1/resource-pools/counters", pool.toString()), 200))
                .isEqualTo(preview);

        assertThat(isListed(visitor, ADVICE, slot)).isFalse();
        assertThat(visitor.post("/reservations", reserve(ADVICE, slot)).status()).isEqualTo(409);
        ok(visitor.delete("/appointments/" + first), 204);
        assertThat(isListed(visitor, ADVICE, slot)).isFalse();
        ok(visitor.delete("/appointments/" + second), 204);
        hold(visitor, ADVICE, slot);
        assertThat(visitor.post("/reservations", reserve(ADVICE, slot)).status()).isEqualTo(409);

        pool.putArray("temporaryCapacities").add(json("{%s, \"capacity\": 9}", period(slot)));
        ok(manager.put("/admin/v1/resource-pools/counters", pool.toString()), 200);
        var listed =
                slots(visitor, ADVICE).stream()
                        .filter(each -> time(each, "startTime").equals(time(slot, "startTime")))
                        .findFirst()
                        .orElseThrow();
        assertThat(listed.path("available").asInt()).isEqualTo(7);
    }

    private static JsonNode json(String form, Object... values) {
        return JsonMapper.shared().readTree(form.formatted(values));
    }

    @Test
    void entries_are_read_added_replaced_and_removed_one_by_one() {
        City.found(node.url(), "single", "PT15M");
        var manager = operator.of("single");
        var whole = ok(manager.get("/admin/v1/catalogue"), 200);
        var kinds =
                Map.of(
                        "branches", "branches",
                        "resource-types", "resourceTypes",
                        "resource-pools", "resourcePools",
                        "services", "services",
                        "service-groups", "serviceGroups",
                        "service-combinations", "serviceCombinations",
                        "holiday-calendars", "holidayCalendars");
        kinds.forEach(
                (path, member) ->
                        assertThat(ok(manager.get("/admin/v1/" + path), 200))
                                .isEqualTo(whole.path(member)));
        assertThat(ok(manager.get("/admin/v1/tenant"), 200)).isEqualTo(whole.path("tenant"));
        assertThat(ok(manager.get("/admin/v1/resources"), 200).findValuesAsString("resourcePool"))
                .containsExactly("desks");
        assertThat(ok(manager.get("/admin/v1/services/wedding/branches/hall"), 200))
                .isEqualTo(whole.at("/services/2/branches/0"));

        var calendar = "{\"id\": \"berlin\", \"days\": []}";
        var address = "/admin/v1/holiday-calendars/berlin";
        assertThat(ok(manager.put(address + "?dryRun=true", calendar), 200).at("/changes/0/change"))
                .isEqualTo(json("\"ADDED\""));
        assertThat(manager.get(address).status()).isEqualTo(404);
        var added = manager.put(address, calendar);
        ok(added, 201);
        assertThat(manager.get(address).header("ETag")).isEqualTo(added.header("ETag"));
        assertThat(manager.get(address, "If-None-Match", added.header("ETag")).status())
                .isEqualTo(304);
        assertThat(ok(manager.put(address, calendar), 200).path("changes").size()).isZero();
        assertThat(manager.put("/admin/v1/holiday-calendars/else", calendar).type())
                .isEqualTo("/problems/catalogue-faulty");

        var branch = (ObjectNode) ok(manager.get("/admin/v1/branches/hall"), 200);
        branch.put("holidayCalendar", "berlin");
        ok(manager.put("/admin/v1/branches/hall", branch.toString()), 200);
        var needed = manager.delete(address);
        assertThat(needed.type()).isEqualTo("/problems/entry-still-needed");
        assertThat(ok(needed, 409).path("neededBy"))
                .isEqualTo(
                        json(
                                """
                                [{"kind": "BRANCH", "id": "hall", "detail": "No holiday calendar has the id berlin"}]
                                """));
        ok(manager.put("/admin/v1/branches/hall", whole.at("/branches/0").toString()), 200);
        ok(manager.delete(address), 204);
        assertThat(manager.delete(address).type()).isEqualTo("/problems/entry-unknown");

        var pair = "{\"branch\": \"hall\", \"services\": [\"question\", \"advice\"]}";
        ok(manager.put("/admin/v1/service-combinations/hall/advice+question", pair), 201);
        assertThat(
                        ok(manager.get("/admin/v1/service-combinations/hall/question+advice"), 200)
                                .toString())
                .isEqualTo(json(pair).toString());
        ok(manager.delete("/admin/v1/service-combinations/hall/advice+question"), 204);
        assertThat(ok(manager.get("/admin/v1/catalogue"), 200)).isEqualTo(whole);
    }

    private static String type(String id, String name) {
        return "{\"id\": \"%s\", \"name\": {\"de\": \"%s\"}}".formatted(id, name);
    }

    /** Again and again while others are so quick that the server gives up. */
    private static Caller.Answer insisting(Supplier<Caller.Answer> call) {
        var answer = call.get();
        while (answer.type().equals("/problems/changed-meanwhile")) {
            answer = call.get();
        }
        return answer;
    }

    @Test
    void changes_at_once_are_all_kept_and_of_those_to_one_entry_the_first() {
        City.found(node.url(), "busy", "PT15M");
        var manager = operator.of("busy");

        var kept =
                Crowd.atOnce(
                        10,
                        n ->
                                insisting(
                                        () ->
                                                manager.put(
                                                        "/admin/v1/resource-types/type-" + n,
                                                        type("type-" + n, "Art"))));

        assertThat(kept).extracting(Caller.Answer::status).containsOnly(201);
        assertThat(ok(manager.get("/admin/v1/resource-types"), 200).size()).isEqualTo(12);

        var seen = manager.get("/admin/v1/resource-types/desk").header("ETag");
        var answers =
                Crowd.atOnce(
                        10,
                        n ->
                                insisting(
                                        () ->
                                                manager.put(
                                                        "/admin/v1/resource-types/desk",
                                                        type("desk", "Art " + n),
                                                        "If-Match",
                                                        seen)));
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 412))
                .hasSize(9)
                .allMatch(answer -> answer.type().equals("/problems/entry-changed"));
        assertThat(manager.get("/admin/v1/resource-types/desk").header("ETag"))
                .isEqualTo(
                        answers.stream()
                                .filter(answer -> answer.status() == 200)
                                .findFirst()
                                .orElseThrow()
                                .header("ETag"));
    }
}
