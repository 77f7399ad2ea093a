package holdfast.security;

import static holdfast.security.SecuredNode.CLOSED;
import static holdfast.security.SecuredNode.OPEN;
import static holdfast.security.SecuredNode.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import holdfast.catalogue.TenantId;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Tokens that a city's own sign-in has issued. */
class TokensOfOthersTest {

    private static final String CITY = "https://id.city.example/realms/staff";
    private static final String COUNTY = "https://id.county.example";
    private static final AtomicInteger LOOKS = new AtomicInteger();

    private static HttpServer server;
    private static RSAKey key;
    private static SecuredNode node;

    @BeforeAll
    static void start() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("city-1").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/keys",
                exchange -> {
                    LOOKS.incrementAndGet();
                    var body = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        var keys = "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
        node =
                SecuredNode.onNewDatabase(
                        "--holdfast.issuers[0].name=city",
                        "--holdfast.issuers[0].uri=" + CITY,
                        "--holdfast.issuers[0].jwk-set-uri=" + keys,
                        "--holdfast.issuers[0].audience=holdfast",
                        "--holdfast.issuers[0].tenant-claim=organisation.id",
                        "--holdfast.issuers[0].scope-claim=realm_access.roles",
                        "--holdfast.issuers[0].scopes.desk=staff",
                        "--holdfast.issuers[0].scopes.lead=manager",
                        "--holdfast.issuers[0].scopes.boss=operator",
                        "--holdfast.issuers[1].name=county",
                        "--holdfast.issuers[1].uri=" + COUNTY,
                        "--holdfast.issuers[1].jwk-set-uri=" + keys,
                        "--holdfast.issuers[1].audience=holdfast",
                        "--holdfast.issuers[1].operators=true",
                        "--holdfast.issuers[2].name=silent",
                        "--holdfast.issuers[2].uri=https://silent.example",
                        "--holdfast.issuers[2].jwk-set-uri=http://127.0.0.1:1/keys",
                        "--holdfast.issuers[2].audience=holdfast");
    }

    @AfterAll
    static void stop() {
        node.close();
        server.stop(0);
    }

    @Test
    void a_role_of_theirs_is_a_scope_of_ours_in_the_tenant_they_name() throws Exception {
        var desk = signed(city(claims -> claims));

        assertThat(call("POST /admin/v1/appointments", desk, CLOSED)).isEqualTo(200);
        assertThat(call("GET /admin/v1/catalogue", desk, CLOSED)).isEqualTo(403);
        assertThat(call("POST /admin/v1/appointments", desk, OPEN)).isEqualTo(403);
    }

    @Test
    void the_log_knows_whose_word_it_is() throws Exception {
        var answer =
                node.call(
                        "POST /admin/v1/appointments",
                        signed(city(claims -> claims)),
                        "X-TENANT-ID",
                        CLOSED.toString());

        assertThat(answer.body()).isEqualTo("city/jo");
    }

    @Test
    void our_own_tokens_are_good_as_before() {
        var manager = node.tokenOf(CLOSED, Scope.MANAGER);

        assertThat(call("GET /admin/v1/catalogue", manager, CLOSED)).isEqualTo(200);
    }

    @Test
    void nobody_becomes_an_operator_unless_their_issuer_may_say_so() throws Exception {
        var boss = signed(city(claims -> roles(claims, "boss", "lead")));
        var claimed = signed(city(claims -> claims.claim("every_tenant", true)));
        var county =
                signed(
                        new JWTClaimsSet.Builder(city(claims -> claims))
                                .issuer(COUNTY)
                                .claim("scope", "operator manager")
                                .build());

        assertThat(call("POST /admin/v1/tenants", boss, CLOSED)).isEqualTo(403);
        assertThat(call("GET /admin/v1/catalogue", boss, CLOSED)).isEqualTo(200);
        assertThat(call("POST /admin/v1/appointments", claimed, OPEN)).isEqualTo(403);
        assertThat(call("POST /admin/v1/tenants", county, CLOSED)).isEqualTo(200);
        assertThat(call("GET /admin/v1/catalogue", county, OPEN)).isEqualTo(200);
    }

    @Test
    void without_a_mapping_their_words_have_to_be_ours() throws Exception {
        var county =
                new JWTClaimsSet.Builder(city(claims -> claims))
                        .issuer(COUNTY)
                        .claim("tenant", CLOSED.toString());

        var listed = signed(county.claim("scope", List.of("staff", "desk")).build());
        var none = signed(county.claim("scope", null).build());

        assertThat(call("POST /admin/v1/appointments", listed, CLOSED)).isEqualTo(200);
        assertThat(call("GET /admin/v1/catalogue", listed, CLOSED)).isEqualTo(403);
        assertThat(call("POST /admin/v1/appointments", none, CLOSED)).isEqualTo(403);
        assertThat(call("GET /services", listed, CLOSED)).isEqualTo(200);
        assertThat(call("GET /services", none, CLOSED)).isEqualTo(403);
    }

    @Test
    void a_token_that_names_no_tenant_is_good_in_none() throws Exception {
        var nowhere = signed(city(claims -> claims.claim("organisation", null)));

        assertThat(call("POST /admin/v1/appointments", nowhere, CLOSED)).isEqualTo(403);
        assertThat(node.call("POST /admin/v1/appointments", nowhere).statusCode()).isEqualTo(403);
    }

    @Test
    void what_is_wrong_with_a_token_makes_it_worthless() throws Exception {
        var hourAgo = Date.from(Instant.now().minus(Duration.ofHours(1)));
        var inAnHour = Date.from(Instant.now().plus(Duration.ofHours(1)));

        assertRefused(signed(city(claims -> claims.audience("others"))));
        assertRefused(signed(city(claims -> claims.audience((String) null))));
        assertRefused(signed(city(claims -> claims.expirationTime(hourAgo))));
        assertRefused(signed(city(claims -> claims.expirationTime(null))));
        assertRefused(signed(city(claims -> claims.notBeforeTime(inAnHour))));
        assertRefused(signed(city(claims -> claims.subject(null))));
        assertRefused(signed(city(claims -> claims.issuer(CITY + "/"))));
        assertRefused(signed(city(claims -> claims.issuer("http://localhost"))));
        assertRefused(
                signed(
                        city(claims -> claims),
                        new RSAKeyGenerator(2048).keyID("city-1").generate()));
        assertRefused(withSharedSecret(city(claims -> claims)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "line\nbreak", "\u001b[31mred", "über"})
    void a_subject_that_cannot_be_written_into_a_line_is_refused(String subject) throws Exception {
        assertRefused(signed(city(claims -> claims.subject(subject))));
    }

    @Test
    void keys_that_nobody_has_do_not_make_it_ask_again_and_again() throws Exception {
        signed(city(claims -> claims));
        var before = LOOKS.get();

        for (int i = 0; i < 20; i++) {
            assertRefused(
                    signed(
                            city(claims -> claims),
                            new RSAKey.Builder(key).keyID("no" + i).build()));
        }

        assertThat(LOOKS.get() - before).isLessThanOrEqualTo(4);
        assertThat(call("POST /admin/v1/appointments", signed(city(claims -> claims)), CLOSED))
                .isEqualTo(200);
    }

    @Test
    void an_issuer_that_does_not_answer_is_no_reason_to_call_the_token_bad() throws Exception {
        var token =
                signed(
                        new JWTClaimsSet.Builder(city(claims -> claims))
                                .issuer("https://silent.example")
                                .build());

        for (int i = 0; i < 5; i++) {
            var answer = node.call("GET /services", token, "X-TENANT-ID", CLOSED.toString());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(answer).path("type").asString()).isEqualTo("/problems/issuer-silent");
        }
    }

    @Test
    void settings_that_cannot_work_are_refused() {
        for (var change :
                List.<UnaryOperator<IssuerSettings>>of(
                        good -> settings("Two Words", good.uri(), "holdfast", "staff", "RS256"),
                        good -> settings("city", URI.create("city"), "holdfast", "staff", "RS256"),
                        good -> settings("city", good.uri(), " ", "staff", "RS256"),
                        good -> settings("city", good.uri(), "holdfast", "staff", "HS256"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    change.apply(
                                            settings(
                                                    "city",
                                                    URI.create(CITY),
                                                    "holdfast",
                                                    "staff",
                                                    "RS256")));
        }
        var good = settings("city", URI.create(CITY), "holdfast", "staff", "RS256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutsideIssuers(List.of(good, good)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new OutsideIssuers(
                                        List.of(
                                                settings(
                                                        "city",
                                                        URI.create(CITY),
                                                        "holdfast",
                                                        "clerk",
                                                        "RS256"))));
    }

    private static IssuerSettings settings(
            String name, URI uri, String audience, String scope, String algorithm) {
        return new IssuerSettings(
                name,
                uri,
                URI.create("http://127.0.0.1:1/keys"),
                audience,
                List.of(algorithm),
                "tenant",
                "scope",
                Map.of("desk", scope),
                false);
    }

    private static JWTClaimsSet city(UnaryOperator<JWTClaimsSet.Builder> change) {
        var usual =
                new JWTClaimsSet.Builder()
                        .issuer(CITY)
                        .subject("jo")
                        .audience(List.of("others", "holdfast"))
                        .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))))
                        .claim("organisation", Map.of("id", CLOSED.toString()));
        return change.apply(roles(usual, "desk", "unheard-of")).build();
    }

    private static JWTClaimsSet.Builder roles(JWTClaimsSet.Builder claims, String... roles) {
        return claims.claim("realm_access", Map.of("roles", List.of(roles)));
    }

    private static String signed(JWTClaimsSet claims) throws JOSEException {
        return signed(claims, key);
    }

    private static String signed(JWTClaimsSet claims, RSAKey by) throws JOSEException {
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(),
                        claims);
        token.sign(new RSASSASigner(by));
        return token.serialize();
    }

    /** The public key taken for a shared secret: whoever knows it could sign so. */
    private static String withSharedSecret(JWTClaimsSet claims) throws JOSEException, IOException {
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
                        claims);
        token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        return token.serialize();
    }

    private static void assertRefused(String token) {
        assertThat(call("POST /admin/v1/appointments", token, CLOSED)).isEqualTo(401);
    }

    private static int call(String methodAndPath, String token, TenantId tenant) {
        return node.call(methodAndPath, token, "X-TENANT-ID", tenant.toString()).statusCode();
    }
}
