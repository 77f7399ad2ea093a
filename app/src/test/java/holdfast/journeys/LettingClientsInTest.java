package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.journeys.Caller.Answer;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A manager lets programs in, gives them other scopes and secrets, and lets them in no longer. */
class LettingClientsInTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String CLIENTS = "/admin/v1/clients";

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller operator;

    @SuppressWarnings("NullAway.Init")
    private static Caller manager;

    @BeforeAll
    static void aCityWithAManagerAndItsNeighbour() {
        node = Nodes.start(DATABASE, "holdfast.tokens.look-every=100ms");
        City.found(node.url(), "city", "PT15M");
        City.found(node.url(), "neighbour", "PT15M");
        operator = Caller.operator(node.url()).of("city");
        var registered = operator.post(CLIENTS, client("city-manager", "manager"));
        manager = operator.with(tokenOf(registered));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void a_client_is_let_in_works_is_changed_and_is_let_in_no_longer() {
        var registered = manager.post(CLIENTS, client("kiosk", "external.appointment.book"));

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.header("Location")).isEqualTo(CLIENTS + "/kiosk");
        assertThat(registered.header("Cache-Control")).isEqualTo("no-store");
        var kiosk = manager.with(tokenOf(registered));
        assertThat(kiosk.post("/appointments/search", SEARCH).status()).isEqualTo(200);
        assertThat(kiosk.get(CLIENTS).status()).isEqualTo(403);
        assertThat(manager.get(CLIENTS).body().findValuesAsString("clientId")).contains("kiosk");
        assertThat(manager.get(CLIENTS + "/kiosk").body().toString())
                .isEqualTo(
                        "{\"clientId\":\"kiosk\",\"name\":\"Test\",\"scopes\":[\"external.appointment.book\"]}");

        var changed =
                manager.put(
                        CLIENTS + "/kiosk",
                        "{\"name\": \"Kiosk\", \"scopes\": [\"staff\", \"staff\", \"manager\"]}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().path("scopes").toString()).isEqualTo("[\"manager\",\"staff\"]");
        assertThat(kiosk.post("/appointments/search", SEARCH).status()).isEqualTo(401);
        assertThat(manager.with(tokenOf(registered)).get(CLIENTS).status()).isEqualTo(200);

        var renewed = manager.post(CLIENTS + "/kiosk/secret", "");
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(tokenAnswer(registered).status()).isEqualTo(401);
        var again = manager.with(tokenOf(renewed));
        assertThat(again.get(CLIENTS).status()).isEqualTo(200);

        assertThat(manager.delete(CLIENTS + "/kiosk").status()).isEqualTo(204);
        assertThat(again.get(CLIENTS).status()).isEqualTo(401);
        assertThat(tokenAnswer(renewed).status()).isEqualTo(401);
        refuses(manager.delete(CLIENTS + "/kiosk"), 404, "client-unknown");

        assertThat(acts("kiosk"))
                .containsExactly(
                        "security.ClientRegistered by city-manager",
                        "security.ClientChanged by city-manager",
                        "security.SecretRenewed by city-manager",
                        "security.ClientRemoved by city-manager");
    }

    @Test
    void the_log_tells_what_was_granted_and_has_no_secret() {
        var registered = manager.post(CLIENTS, client("logged", "auditor"));
        var secret = registered.body().path("secret").asString();

        var payload =
                DATABASE.sql()
                        .sql(
                                """
                                select convert_from(payload, 'UTF8') from domain_event_entry
                                where aggregate_identifier = 'clients:city'
                                and payload_type = 'security.ClientRegistered'
                                order by sequence_number desc limit 1
                                """)
                        .query(String.class)
                        .single();

        assertThat(payload)
                .contains("\"client\":\"logged\"", "\"scopes\":[\"auditor\"]")
                .doesNotContain(secret);
        assertThat(secret).hasSize(43);
        assertThat(
                        DATABASE.sql()
                                .sql(
                                        "select c::text from oauth_client c where client_id ="
                                                + " 'logged'")
                                .query(String.class)
                                .single())
                .doesNotContain(secret);
    }

    @Test
    void an_id_is_made_up_for_who_names_none() {
        var registered = manager.post(CLIENTS, "{\"scopes\": [\"reporting\"]}");

        assertThat(registered.status()).isEqualTo(201);
        assertThat(registered.body().path("clientId").asString()).hasSize(36);
        assertThat(registered.body().has("name")).isFalse();
        assertThat(tokenAnswer(registered).status()).isEqualTo(200);
    }

    @Test
    void a_change_that_changes_nothing_is_not_told_again() {
        manager.post(CLIENTS, client("steady", "staff"));

        assertThat(
                        manager.put(
                                        CLIENTS + "/steady",
                                        "{\"name\": \"Test\", \"scopes\": [\"staff\"]}")
                                .status())
                .isEqualTo(200);

        assertThat(acts("steady")).hasSize(1);
    }

    @Test
    void a_client_of_another_tenant_and_an_operator_are_as_unknown_as_none() {
        manager.post(CLIENTS, client("ours", "staff"));
        var neighbour = operator.of("neighbour");

        for (var id : List.of("ours", "operator", "nobody", "no%20id", "x".repeat(101))) {
            var path = CLIENTS + "/" + id;
            var before = acts();
            for (var answer :
                    List.of(
                            neighbour.get(path),
                            neighbour.put(path, "{\"scopes\": [\"staff\"]}"),
                            neighbour.delete(path),
                            neighbour.post(path + "/secret", ""))) {
                refuses(answer, 404, "client-unknown");
                assertThat(answer.body().path("detail").asString())
                        .isEqualTo("This tenant has no client of this id.");
            }
            assertThat(acts()).isEqualTo(before);
        }
        assertThat(neighbour.get(CLIENTS).body()).isEmpty();
    }

    @Test
    void an_id_is_given_once_in_all_tenants() {
        manager.post(CLIENTS, client("taken", "staff"));
        var before = acts();

        refuses(manager.post(CLIENTS, client("taken", "staff")), 409, "client-exists");
        refuses(
                operator.of("neighbour").post(CLIENTS, client("taken", "staff")),
                409,
                "client-exists");
        refuses(manager.post(CLIENTS, client("operator", "staff")), 409, "client-exists");
        assertThat(acts()).isEqualTo(before);
    }

    @Test
    void nobody_makes_an_operator_over_http() {
        manager.post(CLIENTS, client("modest", "staff"));
        var before = acts();

        for (var caller : List.of(manager, operator)) {
            refuses(
                    caller.post(CLIENTS, client("too-much", "operator")),
                    422,
                    "operator-of-no-tenant");
            refuses(
                    caller.put(CLIENTS + "/modest", "{\"scopes\": [\"manager\", \"operator\"]}"),
                    422,
                    "operator-of-no-tenant");
        }
        assertThat(acts()).isEqualTo(before);
        refuses(manager.get(CLIENTS + "/too-much"), 404, "client-unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                              | /scopes
                    {"scopes": []}                                  | /scopes
                    {"scopes": ["staff", "everything"]}             | /scopes/1
                    {"scopes": ["STAFF"]}                           | /scopes/0
                    {"clientId": "two words", "scopes": ["staff"]}  | /clientId
                    {"clientId": "", "scopes": ["staff"]}           | /clientId
                    {"name": "", "scopes": ["staff"]}               | /name
                    {"name": 7, "scopes": ["staff"]}                | /name
                    """)
    void what_is_no_client_is_refused(String body, String pointer) {
        var before = acts();

        var answer = manager.post(CLIENTS, body);

        refuses(answer, 400, "malformed-body");
        assertThat(answer.body().path("errors").findValuesAsString("pointer"))
                .containsExactly(pointer);
        assertThat(acts()).isEqualTo(before);
    }

    @Test
    void an_overlap_is_not_negative_and_not_longer_than_a_week() {
        manager.post(CLIENTS, client("overlapping", "staff"));
        var path = CLIENTS + "/overlapping/secret";

        refuses(manager.post(path, "{\"overlapMinutes\": -1}"), 400, "malformed-body");
        refuses(manager.post(path, "{\"overlapMinutes\": 10081}"), 400, "malformed-body");
        assertThat(manager.post(path, "{\"overlapMinutes\": 10080}").status()).isEqualTo(200);
        assertThat(manager.post(path, "{}").status()).isEqualTo(200);
    }

    @Test
    void what_another_node_ended_ends_here_moments_later() {
        var leaving = manager.with(tokenOf(manager.post(CLIENTS, client("leaving", "manager"))));
        assertThat(leaving.get(CLIENTS).status()).isEqualTo(200);

        DATABASE.sql()
                .sql(
                        """
                        insert into ended_grant (client_id, up_to, ended_at)
                        select client_id, grant_number, now() from oauth_client
                        where client_id = 'leaving'
                        """)
                .update();

        awaitUntil(() -> leaving.get(CLIENTS).status() == 401);
    }

    @Test
    void an_operator_has_tokens_signed_with_a_new_key_and_those_before_stay() {
        var keys = "/admin/v1/token-keys";
        var before = operator.get(keys).body().valueStream().toList();

        var renewed = operator.post(keys, "");

        assertThat(renewed.status()).isEqualTo(201);
        assertThat(operator.get(keys).body().valueStream().toList())
                .startsWith(before.toArray(JsonNode[]::new))
                .endsWith(renewed.body());
        assertThat(manager.get(CLIENTS).status()).isEqualTo(200);
        assertThat(Caller.operator(node.url()).get(keys).status()).isEqualTo(200);
        assertThat(manager.post(keys, "").status()).isEqualTo(403);
    }

    private static void awaitUntil(BooleanSupplier condition) {
        var giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within a minute").isLessThan(giveUp);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static final String SEARCH =
            "{\"customer\": {\"personalIdentifier\": \"nobody123456\"}}";

    private static String client(String id, String scope) {
        return "{\"clientId\": \"%s\", \"name\": \"Test\", \"scopes\": [\"%s\"]}"
                .formatted(id, scope);
    }

    private static Answer tokenAnswer(Answer registered) {
        return Caller.askToken(
                node.url(),
                registered.body().path("clientId").asString(),
                registered.body().path("secret").asString());
    }

    private static String tokenOf(Answer registered) {
        return tokenAnswer(registered).body().path("access_token").asString();
    }

    private static void refuses(Answer answer, int status, String type) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
    }

    /** What the log has about a client, and who did it. */
    private static List<String> acts(String client) {
        return DATABASE.sql()
                .sql(
                        """
                        select payload_type || ' by '
                            || (convert_from(meta_data, 'UTF8')::jsonb ->> 'actor')
                        from domain_event_entry where aggregate_identifier = 'clients:city'
                        and convert_from(payload, 'UTF8')::jsonb ->> 'client' = :client
                        order by sequence_number
                        """)
                .param("client", client)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private static long acts() {
        return DATABASE.sql()
                .sql("select count(*) from domain_event_entry where type = 'clients'")
                .query(Long.class)
                .single();
    }
}
