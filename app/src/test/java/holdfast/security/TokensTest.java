package holdfast.security;

import static holdfast.security.SecuredNode.CLOSED;
import static holdfast.security.SecuredNode.OPEN;
import static holdfast.security.SecuredNode.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

class TokensTest {

    private static SecuredNode node;
    private static Credentials operator;

    @BeforeAll
    static void start() {
        node = SecuredNode.onNewDatabase();
        operator = node.bean(FirstOperator.class).madeUp().orElseThrow();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void a_token_lasts_sixty_minutes_and_names_tenant_and_scopes() {
        var client = aClient("lasting", Scope.BOOK, Scope.CANCEL);

        var answer = json(node.askToken(client, ""));

        assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.path("expires_in").asInt()).isBetween(3598, 3600);
        var claims = claims(answer.path("access_token").asString());
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
        assertThat(claims.path("sub").asString()).isEqualTo("lasting");
        assertThat(claims.path("tenant").asString()).isEqualTo(CLOSED.toString());
        assertThat(claims.path("scope").toString())
                .contains("external.appointment.book", "external.appointment.cancel")
                .doesNotContain("reschedule");
        assertThat(claims.has("every_tenant")).isFalse();
    }

    @Test
    void a_client_may_ask_for_less_but_not_for_more() {
        var client = aClient("modest", Scope.BOOK, Scope.CANCEL);

        var less = node.askToken(client, "&scope=external.appointment.book");
        var more = node.askToken(client, "&scope=manager");

        assertThat(claims(json(less).path("access_token").asString()).path("scope").toString())
                .doesNotContain("cancel");
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(json(more).path("error").asString()).isEqualTo("invalid_scope");
    }

    @Test
    void the_secret_may_stand_in_the_form_instead() {
        assertThat(node.askTokenInForm(aClient("formal", Scope.BOOK)).statusCode()).isEqualTo(200);
    }

    @Test
    void a_wrong_secret_and_an_unknown_client_look_the_same() {
        var client = aClient("known", Scope.BOOK);

        var wrong = node.askToken(new Credentials(client.id(), "wrong"), "");
        var unknown = node.askToken(new Credentials("unknown", "wrong"), "");
        var nobody = node.askTokenInForm(new Credentials("unknown", "wrong"));

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(json(wrong).path("error").asString()).isEqualTo("invalid_client");
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(nobody.body()).isEqualTo(wrong.body());
    }

    @Test
    void an_unknown_client_has_a_secret_to_compare_like_any_other() {
        var clients = node.bean(Clients.class);

        var unknown = clients.findByClientId("unknown");
        var known = clients.findByClientId(operator.id());

        assertThat(unknown.getClientSecret())
                .hasSameSizeAs(String.valueOf(known.getClientSecret()));
        assertThat(unknown.getScopes()).isEmpty();
    }

    @Test
    void no_other_grant_is_offered() {
        assertThat(node.askToken(operator, "&grant_type=refresh_token").statusCode())
                .isEqualTo(400);
        assertThat(node.call("GET /oauth2/token", "").statusCode()).isIn(401, 405);
    }

    @Test
    void the_public_key_is_published_and_the_private_one_is_not() {
        var answer = node.call("GET /oauth2/jwks", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        var key = json(answer).path("keys").path(0);
        assertThat(key.path("kty").asString()).isEqualTo("RSA");
        assertThat(key.has("d")).isFalse();
    }

    @Test
    void a_token_holds_on_every_node_and_after_a_restart() {
        var token = node.token(operator);
        try (var other = node.another()) {
            assertThat(other.call("POST /admin/v1/tenants", token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void neither_secrets_nor_the_signing_key_stand_readable_in_the_database() {
        var client = aClient("secretive", Scope.BOOK);

        assertThat(node.jdbc().sql("select c::text from oauth_client c").query(String.class).list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(client.secret()) || row.contains(operator.secret()));
        assertThat(
                        node.jdbc()
                                .sql(
                                        """
                                        select encode(wrapped, 'escape') from (
                                            select wrapped from security_key
                                            union all select wrapped from token_key) kept
                                        """)
                                .query(String.class)
                                .list())
                .hasSize(3)
                .noneMatch(row -> row.contains("kty"));
        assertThat(client).hasToString("secretive");
    }

    @Test
    void the_operator_is_made_up_once() {
        try (var again = node.another()) {
            assertThat(again.bean(FirstOperator.class).madeUp()).isEmpty();
            assertThat(again.askToken(operator, "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_configured_operator_gets_the_configured_secret_also_later() {
        try (var first = SecuredNode.onNewDatabase(named("boss", "the first secret"))) {
            assertThat(first.bean(FirstOperator.class).madeUp()).isEmpty();
            assertThat(first.askToken(new Credentials("boss", "the first secret"), "").statusCode())
                    .isEqualTo(200);

            try (var second = first.another(named("boss", "another secret"))) {
                assertThat(
                                second.askToken(new Credentials("boss", "the first secret"), "")
                                        .statusCode())
                        .isEqualTo(401);
                assertThat(
                                second.askToken(new Credentials("boss", "another secret"), "")
                                        .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_tenants_client_does_not_become_the_operator_by_configuration() {
        aClient("ambitious", Scope.MANAGER);

        assertThatThrownBy(() -> node.another(named("ambitious", "secret")))
                .hasRootCauseMessage(
                        "HOLDFAST_OPERATOR_ID names \"ambitious\", which is a tenant's client."
                                + " Choose another id.");
    }

    @Test
    void an_id_is_given_once_and_a_secret_can_be_renewed() {
        var clients = node.bean(OauthClients.class);
        var client = aClient("renewed", Scope.BOOK);

        assertThat(clients.register(OPEN, "renewed", Set.of(Scope.BOOK))).isEmpty();
        assertThat(clients.renew(OPEN, "renewed")).isEmpty();
        assertThat(clients.renew(CLOSED, "operator")).isEmpty();
        var renewed = clients.renew(CLOSED, "renewed").orElseThrow();

        assertThat(node.askToken(client, "").statusCode()).isEqualTo(401);
        assertThat(node.askToken(renewed, "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_client_has_a_plain_id() {
        var clients = node.bean(OauthClients.class);

        for (var id : new String[] {"", "two words", "co:lon", "x".repeat(101)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> clients.register(OPEN, id, Set.of(Scope.BOOK)));
        }
    }

    @Test
    void what_a_client_may_do_no_longer_its_tokens_do_no_longer() {
        var clients = node.bean(Clients.class);
        var client = aClient("demoted", Scope.MANAGER, Scope.BOOK);
        var before = node.token(client);
        assertThat(catalogueWith(node, before)).isEqualTo(200);
        try (var other = node.another()) {
            assertThat(catalogueWith(other, before)).isEqualTo(200);

            clients.change(
                    CLOSED,
                    known("demoted"),
                    new Clients.Client(known("demoted").id(), null, List.of(Scope.BOOK)));

            assertThat(catalogueWith(node, before)).isEqualTo(401);
            assertThat(catalogueWith(node, node.token(client))).isEqualTo(403);
            other.bean(EndedGrants.class).lookAgain();
            assertThat(catalogueWith(other, before)).isEqualTo(401);
            assertThat(catalogueWith(other, other.token(client))).isEqualTo(403);
        }
        // and a node that starts later
        var later = new EndedGrants(node.jdbc(), Clock.systemUTC());
        var read = Jwt.withTokenValue(before).header("alg", "RS256").subject("demoted");
        assertThatThrownBy(() -> later.refuseEnded(read.claim("grant", 1).build()))
                .isInstanceOf(BadJwtException.class);
        later.refuseEnded(read.claim("grant", Long.MAX_VALUE).build());
    }

    @Test
    void another_name_leaves_the_tokens_alone() {
        var client = aClient("renamed", Scope.MANAGER);
        var token = node.token(client);

        node.bean(Clients.class)
                .change(
                        CLOSED,
                        known("renamed"),
                        new Clients.Client(known("renamed").id(), "Kiosk", List.of(Scope.MANAGER)));

        assertThat(known("renamed").name()).isEqualTo("Kiosk");
        assertThat(catalogueWith(node, token)).isEqualTo(200);
    }

    @Test
    void a_removed_client_is_gone_and_its_id_gives_no_new_life_to_its_tokens() {
        var clients = node.bean(Clients.class);
        var client = aClient("removed", Scope.MANAGER);
        var before = node.token(client);

        assertThat(clients.remove(OPEN, ClientId.of("removed"))).isFalse();
        assertThat(catalogueWith(node, before)).isEqualTo(200);
        assertThat(clients.remove(CLOSED, ClientId.of("removed"))).isTrue();

        assertThat(catalogueWith(node, before)).isEqualTo(401);
        assertThat(node.askToken(client, "").statusCode()).isEqualTo(401);
        var again = aClient("removed", Scope.MANAGER);
        assertThat(catalogueWith(node, before)).isEqualTo(401);
        assertThat(catalogueWith(node, node.token(again))).isEqualTo(200);
    }

    @Test
    void a_secret_that_is_replaced_at_leisure_stays_good_for_a_while_and_so_do_its_tokens() {
        var clients = node.bean(Clients.class);
        var client = aClient("leisurely", Scope.MANAGER);
        var before = node.token(client);

        var renewed =
                clients.renew(CLOSED, ClientId.of("leisurely"), Duration.ofHours(1)).orElseThrow();

        assertThat(renewed.formerUntil()).isNotNull();
        assertThat(node.askToken(client, "").statusCode()).isEqualTo(200);
        assertThat(node.askToken(renewed.credentials(), "").statusCode()).isEqualTo(200);
        assertThat(catalogueWith(node, before)).isEqualTo(200);

        node.jdbc()
                .sql("update oauth_client set former_until = now() - interval '1 minute'")
                .update();
        assertThat(node.askToken(client, "").statusCode()).isEqualTo(401);
        assertThat(node.askToken(renewed.credentials(), "").statusCode()).isEqualTo(200);
    }

    @Test
    void a_secret_that_leaked_is_replaced_with_all_it_gave() {
        var client = aClient("leaked", Scope.MANAGER);
        var before = node.token(client);

        var renewed = node.bean(OauthClients.class).renew(CLOSED, "leaked").orElseThrow();

        assertThat(catalogueWith(node, before)).isEqualTo(401);
        assertThat(catalogueWith(node, node.token(renewed))).isEqualTo(200);
    }

    private static int catalogueWith(SecuredNode at, String token) {
        return at.call("GET /admin/v1/catalogue", token, "X-TENANT-ID", CLOSED.toString())
                .statusCode();
    }

    private static Clients.Client known(String id) {
        return node.bean(Clients.class).find(CLOSED, ClientId.of(id)).orElseThrow();
    }

    private static String[] named(String id, String secret) {
        return new String[] {
            "--holdfast.operator-id=" + id, "--holdfast.operator-secret=" + secret
        };
    }

    private static Credentials aClient(String id, Scope... scopes) {
        return node.bean(OauthClients.class).register(CLOSED, id, Set.of(scopes)).orElseThrow();
    }

    private static JsonNode claims(String token) {
        return JsonMapper.shared()
                .readTree(
                        Base64.getUrlDecoder()
                                .decode(
                                        token.substring(
                                                token.indexOf('.') + 1, token.lastIndexOf('.'))));
    }
}
