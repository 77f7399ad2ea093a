package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.reserve;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.EraseCustomer;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A request with an Idempotency-Key that is sent more than once. */
class SendingAgainTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static TestNode otherNode;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        otherNode = Nodes.start(DATABASE);
    }

    @AfterAll
    static void stop() {
        otherNode.close();
        node.close();
    }

    @Test
    void it_happens_once_and_is_answered_the_same_to_the_byte_on_every_node_and_after_a_restart() {
        var key = aKey();
        var body = reserve(PASSPORT, aSlot(visitor, PASSPORT, 3));
        var first = post(node, "/external/v1/reservations", key, body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();

        assertSame(first, post(node, "/external/v1/reservations", key, body));
        assertSame(first, post(otherNode, "/external/v1/reservations", key, body));
        // what became of the hold since does not change what was answered
        var id = idIn(first);
        assertThat(visitor.put("/reservations/" + id, person("ada1234567", "Ada")).status())
                .isEqualTo(201);
        assertSame(first, post(node, "/external/v1/reservations", key, body));
        try (var restarted = Nodes.start(DATABASE)) {
            assertSame(first, post(restarted, "/external/v1/reservations", key, body));
        }
        assertThat(Nodes.history(DATABASE, id))
                .containsExactly("reservation.Reserved", "reservation.Confirmed");
    }

    @Test
    void a_hold_of_a_place_among_many_takes_one_place() {
        var key = aKey();
        var slot = aSlot(visitor, ADVICE, 4);
        var first = post(node, "/reservations", key, reserve(ADVICE, slot));
        for (int n = 0; n < 10; n++) {
            assertSame(first, post(otherNode, "/reservations", key, reserve(ADVICE, slot)));
        }
        assertThat(claimsAt(slot)).isEqualTo(1);
    }

    @Test
    void many_at_once_get_one_hold_between_them() throws Exception {
        var key = aKey();
        var slot = aSlot(visitor, ADVICE, 5);
        Callable<HttpResponse<String>> one =
                () -> post(node, "/reservations", key, reserve(ADVICE, slot));
        Callable<HttpResponse<String>> other =
                () -> post(otherNode, "/reservations", key, reserve(ADVICE, slot));
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    crowd.invokeAll(
                            IntStream.range(0, 24)
                                    .mapToObj(n -> n % 2 == 0 ? one : other)
                                    .toList());
            for (var answer : answers) {
                assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
            }
            assertThat(
                            answers.stream()
                                    .map(answer -> answer.resultNow().body())
                                    .collect(Collectors.toSet()))
                    .hasSize(1);
        }
        assertThat(claimsAt(slot)).isEqualTo(1);
    }

    @Test
    void if_the_node_dies_before_it_keeps_the_answer_the_repeat_finds_what_happened() {
        var key = aKey();
        var slot = aSlot(visitor, ADVICE, 6);
        var first = post(node, "/reservations", key, reserve(ADVICE, slot));
        DATABASE.sql()
                .sql("update kept_answer set answer = null where reservation = ?::uuid")
                .param(idIn(first))
                .update();

        var again = post(otherNode, "/reservations", key, reserve(ADVICE, slot));

        assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertSame(first, post(node, "/reservations", key, reserve(ADVICE, slot)));
        assertThat(claimsAt(slot)).isEqualTo(1);
    }

    @Test
    void so_it_does_at_the_desk() {
        var key = aKey();
        var booking =
                reserve(ADVICE, aSlot(visitor, ADVICE, 12)).strip().replaceFirst("}$", "")
                        + ", \"customer\": %s}".formatted(person("may1234567", "May"));
        var first = post(node, "/admin/v1/appointments", key, booking, operator());
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        DATABASE.sql()
                .sql("update kept_answer set answer = null where reservation = ?::uuid")
                .param(idIn(first))
                .update();

        var again = post(otherNode, "/admin/v1/appointments", key, booking, operator());

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
    }

    @Test
    void the_same_is_true_of_confirming_and_extending() {
        var id = hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, 7));
        var key = aKey();
        var extended = post(node, "/reservations/" + id + "/extension", key, "");
        assertThat(extended.statusCode()).isEqualTo(200);
        // a second extension would be one too many
        assertSame(extended, post(node, "/reservations/" + id + "/extension", key, ""));

        var confirm = aKey();
        var path = "/reservations/" + id;
        var confirmed = send(node, "PUT", path, confirm, person("bob1234567", "Bob"));
        assertThat(confirmed.statusCode()).isEqualTo(201);
        assertThat(visitor.delete("/appointments/" + id).status()).isEqualTo(204);
        assertSame(confirmed, send(node, "PUT", path, confirm, person("bob1234567", "Bob")));
        assertThat(send(node, "PUT", path, aKey(), person("bob1234567", "Bob")).statusCode())
                .isEqualTo(409);
    }

    @Test
    void a_refusal_is_given_again_too() {
        var slot = aSlot(visitor, PASSPORT, 8);
        var id = hold(visitor, PASSPORT, slot);
        var key = aKey();
        var refused = post(node, "/reservations", key, reserve(PASSPORT, slot));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(visitor.delete("/reservations/" + id).status()).isEqualTo(204);

        assertSame(refused, post(node, "/reservations", key, reserve(PASSPORT, slot)));
        assertThat(post(node, "/reservations", aKey(), reserve(PASSPORT, slot)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void what_could_not_be_read_is_tried_again() {
        var key = aKey();
        assertThat(post(node, "/reservations", key, "{").statusCode()).isEqualTo(400);
        var body = reserve(PASSPORT, aSlot(visitor, PASSPORT, 9));
        assertThat(post(node, "/reservations", key, body).statusCode()).isEqualTo(201);
    }

    @Test
    void another_request_with_the_key_is_refused_and_changes_nothing() {
        var key = aKey();
        var slot = aSlot(visitor, PASSPORT, 10);
        var free = aSlot(visitor, PASSPORT, 11);
        var first = post(node, "/reservations", key, reserve(PASSPORT, slot));
        assertThat(first.statusCode()).isEqualTo(201);

        for (var path : new String[] {"/reservations", "/external/v1/reservations"}) {
            var other = post(node, path, key, reserve(PASSPORT, free));
            assertThat(other.statusCode()).as(other.body()).isEqualTo(422);
            assertThat(typeOf(other)).isEqualTo("/problems/idempotency-key-reused");
        }
        assertThat(City.isListed(visitor, PASSPORT, free)).isTrue();
        // and somebody else's keys are somebody else's
        assertThat(
                        post(node, "/reservations", key, reserve(PASSPORT, free), operator())
                                .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "\"half", "a b", "a\\b", "a,b", "{long}"})
    void a_key_that_is_none_is_refused(String key) {
        var answer =
                post(
                        node,
                        "/reservations",
                        key.replace("{long}", "k".repeat(256)),
                        reserve(PASSPORT, aSlot(visitor, PASSPORT, 12)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(typeOf(answer)).isEqualTo("/problems/idempotency-key-malformed");
    }

    @Test
    void a_catalogue_is_applied_once_and_a_tenant_made_once() {
        var operator = operator();
        var key = aKey();
        var tenant = City.tenant("second", "PT15M");
        var made = post(node, "/admin/v1/tenants", key, tenant, operator);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertSame(made, post(otherNode, "/admin/v1/tenants", key, tenant, operator));
        assertThat(post(node, "/admin/v1/tenants", aKey(), tenant, operator).statusCode())
                .isEqualTo(409);
    }

    @Test
    void nothing_personal_is_readable_in_what_is_kept() {
        var id = hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, 13));
        var confirmed =
                send(
                        node,
                        "PUT",
                        "/reservations/" + id,
                        "Gluehkey",
                        person("eva1234567", "Evaluna"));
        assertThat(confirmed.body()).contains("Evaluna");
        for (var word : new String[] {"Evaluna", "eva1234567", "Gluehkey", "Lovelace"}) {
            assertThat(
                            DATABASE.sql()
                                    .sql(
                                            """
                                            select count(*) from kept_answer t
                                            where t::text ilike '%' || encode(:word::bytea, 'hex') || '%'
                                               or t::text ilike '%' || :word || '%'
                                            """)
                                    .param("word", word)
                                    .query(Long.class)
                                    .single())
                    .as(word)
                    .isZero();
        }
    }

    @Test
    void with_an_erased_customer_goes_what_was_kept() {
        var slot = aSlot(visitor, PASSPORT, 14);
        var held = post(node, "/reservations", aKey(), reserve(PASSPORT, slot));
        var path = "/reservations/" + idIn(held);
        var key = aKey();
        var confirmed = send(node, "PUT", path, key, person("zoe1234567", "Zoe"));
        assertThat(confirmed.statusCode()).isEqualTo(201);
        var customer =
                DATABASE.sql()
                        .sql("select customer from reservation where reservation = ?::uuid")
                        .param(idIn(held))
                        .query(UUID.class)
                        .single();

        node.bean(CommandGateway.class)
                .sendAndWait(new EraseCustomer(TenantId.of("city"), new CustomerId(customer)));

        assertThat(
                        DATABASE.sql()
                                .sql("select count(*) from kept_answer where reservation = ?::uuid")
                                .param(idIn(held))
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(send(otherNode, "PUT", path, key, person("zoe1234567", "Zoe")).statusCode())
                .isEqualTo(409);
    }

    private static String operator() {
        return Objects.requireNonNull(Caller.operator(node.url()).token());
    }

    private static String aKey() {
        return UUID.randomUUID().toString();
    }

    private static void assertSame(HttpResponse<String> first, HttpResponse<String> again) {
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        for (var name : new String[] {"Location", "Content-Type", "Content-Language"}) {
            assertThat(again.headers().allValues(name))
                    .as(name)
                    .isEqualTo(first.headers().allValues(name));
        }
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    /** How many places are taken at exactly this time. */
    private static long claimsAt(JsonNode slot) {
        return DATABASE.sql()
                .sql(
                        """
                        select count(*) from claim
                        where lower(visit) = :start::timestamptz and places = 'counters'
                        """)
                .param("start", slot.path("timeSlot").path("startTime").asString())
                .query(Long.class)
                .single();
    }

    private static String idIn(HttpResponse<String> answer) {
        return json(answer).path("reservationId").asString();
    }

    private static String typeOf(HttpResponse<String> answer) {
        return json(answer).path("type").asString();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpResponse<String> post(
            TestNode at, String path, String key, String body, String... token) {
        return send(at, "POST", path, key, body, token);
    }

    private static HttpResponse<String> send(
            TestNode at, String method, String path, String key, String body, String... token) {
        var request =
                HttpRequest.newBuilder(URI.create(at.url() + path))
                        .header("X-TENANT-ID", "city")
                        .header("Accept-Language", "en")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .method(method, BodyPublishers.ofString(body));
        for (var bearer : token) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
