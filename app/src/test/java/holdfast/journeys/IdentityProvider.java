package holdfast.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Somebody else's sign-in, as strict as OpenID Connect asks it to be: it gives a code once, and a
 * token for it only to the client that knows its secret and the verifier.
 */
final class IdentityProvider implements AutoCloseable {

    static final String CLIENT = "holdfast desk";
    static final String SECRET = "s3cret+and/more";

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    /** What the next token says otherwise than it should. */
    volatile UnaryOperator<JWTClaimsSet.Builder> change = claims -> claims;

    /** What tokens are signed with; not always the key that is published. */
    volatile RSAKey signing;

    /** Whether it can give no tokens. */
    volatile boolean down;

    /** What the browser asked the page for signing out. */
    volatile String leaving = "";

    private record Grant(
            String redirect, String nonce, String challenge, String subject, List<String> roles) {}

    IdentityProvider() {
        try {
            key = newKey();
            signing = key;
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.createContext("/keys", ask -> answer(ask, 200, new JWKSet(key).toString()));
        server.createContext("/authorize", this::askWhoItIs);
        server.createContext("/token", this::token);
        server.createContext(
                "/leave",
                ask -> {
                    leaving = ask.getRequestURI().getQuery();
                    redirect(
                            ask,
                            parameters(ask.getRequestURI())
                                    .getOrDefault("post_logout_redirect_uri", "/"));
                });
        server.start();
    }

    static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("city-1").generate();
        } catch (JOSEException cause) {
            throw new IllegalStateException(cause);
        }
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    RSAKey published() {
        return key;
    }

    /** Signs somebody in who was sent there, and says where the browser is led back to. */
    URI signIn(String question, String subject, String... roles) {
        var asked = parameters(URI.create(question));
        if (!question.startsWith(issuer() + "/authorize?")
                || !asked.getOrDefault("client_id", "").equals(CLIENT)
                || !asked.getOrDefault("response_type", "").equals("code")
                || !asked.getOrDefault("code_challenge_method", "").equals("S256")) {
            throw new IllegalArgumentException(question);
        }
        var code = UUID.randomUUID().toString();
        grants.put(
                code,
                new Grant(
                        asked.getOrDefault("redirect_uri", ""),
                        asked.getOrDefault("nonce", ""),
                        asked.getOrDefault("code_challenge", ""),
                        subject,
                        List.of(roles)));
        return UriComponentsBuilder.fromUriString(asked.getOrDefault("redirect_uri", ""))
                .queryParam("code", code)
                .queryParam("state", "{state}")
                .encode()
                .build(asked.getOrDefault("state", ""));
    }

    /** The address it is led back to if the person does not want to. */
    static String declining(String question) {
        var asked = parameters(URI.create(question));
        return asked.getOrDefault("redirect_uri", "")
                + "?error=access_denied&state="
                + UriUtils.encode(asked.getOrDefault("state", ""), UTF_8);
    }

    private void describe(HttpExchange ask) throws IOException {
        answer(
                ask,
                200,
                """
                {"issuer": "#", "authorization_endpoint": "#/authorize", "token_endpoint": "#/token",
                 "jwks_uri": "#/keys", "end_session_endpoint": "#/leave",
                 "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}
                """
                        .replace("#", issuer()));
    }

    private void askWhoItIs(HttpExchange ask) throws IOException {
        var question = issuer() + ask.getRequestURI();
        ask.getResponseHeaders().set("Content-Type", "text/html");
        answer(
                ask,
                200,
                "<h1>Who are you?</h1><a href=\"%s\">I am Grace</a>"
                        .formatted(
                                signIn(question, "grace-1", "desk")
                                        .toString()
                                        .replace("&", "&amp;")));
    }

    private void token(HttpExchange ask) throws IOException {
        var form = new String(ask.getRequestBody().readAllBytes(), UTF_8);
        var asked = parameters(URI.create("?" + form.replace("+", "%20")));
        var grant = grants.remove(asked.getOrDefault("code", ""));
        if (down) {
            answer(ask, 500, "out of order");
        } else if (!isTheClient(ask)) {
            answer(ask, 401, "{\"error\": \"invalid_client\"}");
        } else if (grant == null
                || !grant.redirect().equals(asked.getOrDefault("redirect_uri", ""))
                || !grant.challenge().equals(challenge(asked.getOrDefault("code_verifier", "")))) {
            answer(ask, 400, "{\"error\": \"invalid_grant\"}");
        } else {
            answer(
                    ask,
                    200,
                    """
                    {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}
                    """
                            .formatted(idToken(grant)));
        }
    }

    private static boolean isTheClient(HttpExchange ask) {
        var known = UriUtils.encode(CLIENT, UTF_8).replace("%20", "+");
        var secret = UriUtils.encode(SECRET, UTF_8);
        var basic = Base64.getEncoder().encodeToString((known + ":" + secret).getBytes(UTF_8));
        return ("Basic " + basic).equals(ask.getRequestHeaders().getFirst("Authorization"));
    }

    private String idToken(Grant grant) {
        var now = Instant.now();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject(grant.subject())
                        .audience(CLIENT)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
                        .claim("nonce", grant.nonce())
                        .claim("name", "Grace of " + grant.subject())
                        .claim("realm", Map.of("roles", grant.roles()));
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                        change.apply(claims).build());
        try {
            token.sign(new RSASSASigner(signing));
        } catch (JOSEException cause) {
            throw new IllegalStateException(cause);
        }
        return token.serialize();
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> parameters(URI address) {
        var all = new ConcurrentHashMap<String, String>();
        UriComponentsBuilder.fromUri(address)
                .build()
                .getQueryParams()
                .forEach(
                        (name, values) -> all.put(name, UriUtils.decode(values.getFirst(), UTF_8)));
        return all;
    }

    private static void redirect(HttpExchange ask, String address) throws IOException {
        ask.getResponseHeaders().set("Location", address);
        answer(ask, 303, "");
    }

    private static void answer(HttpExchange ask, int status, String text) throws IOException {
        var body = text.getBytes(UTF_8);
        ask.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        ask.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            ask.getResponseBody().write(body);
        }
        ask.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
