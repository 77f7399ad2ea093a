package holdfast.security;

import static holdfast.security.SecuredNode.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.proc.SimpleSecurityContext;

import holdfast.customer.MasterKey;
import holdfast.testing.TestDatabase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

class RenewingTokenKeysTest {

    private static final TokenTimes MONTHLY =
            new TokenTimes(Duration.ofDays(30), Duration.ofMinutes(10));

    private static final SimpleSecurityContext NONE = new SimpleSecurityContext();

    private static SecuredNode node;
    private static SecuredNode other;
    private static Credentials operator;

    @BeforeAll
    static void start() {
        node = SecuredNode.onNewDatabase();
        operator = node.bean(FirstOperator.class).madeUp().orElseThrow();
        other = node.another();
    }

    @AfterAll
    static void stop() {
        other.close();
        node.close();
    }

    @Test
    void tokens_of_a_new_key_are_good_everywhere_at_once_and_those_before_stay() {
        var before = node.token(operator);

        var renewed = node.bean(TokenKeys.class).renew(false);
        var after = node.token(operator);

        assertThat(keyOf(before)).isNotEqualTo(keyOf(after));
        assertThat(keyOf(after)).isEqualTo(renewed.jwk().getKeyID());
        for (var each : List.of(node, other)) {
            assertThat(tenants(each, before)).isEqualTo(200);
            assertThat(tenants(each, after)).isEqualTo(200);
        }
        assertThat(published(node)).contains(keyOf(before), keyOf(after));
    }

    @Test
    void other_nodes_sign_with_a_new_key_once_they_have_looked() {
        var renewed = node.bean(TokenKeys.class).renew(false);

        other.bean(TokenKeys.class).lookAgain();

        assertThat(keyOf(other.token(operator))).isEqualTo(renewed.jwk().getKeyID());
    }

    @Test
    void withdrawn_keys_take_their_tokens_with_them() {
        var before = node.token(operator);
        assertThat(tenants(node, before)).isEqualTo(200);
        assertThat(tenants(other, before)).isEqualTo(200);

        node.bean(TokenKeys.class).renew(true);

        assertThat(tenants(node, before)).isEqualTo(401);
        other.bean(TokenKeys.class).lookAgain();
        assertThat(tenants(other, before)).isEqualTo(401);
        assertThat(published(node)).hasSize(1).doesNotContain(keyOf(before));
        assertThat(tenants(other, node.token(operator))).isEqualTo(200);
    }

    @Test
    void a_key_is_published_before_it_signs_and_stays_until_its_tokens_have_expired() {
        var alone = TestDatabase.fresh();
        var clock = new Hand(Instant.parse("2026-03-01T00:00:00Z"));
        var keys = keys(alone.sql(), clock);
        var first = keys.signing().getKeyID();

        clock.passes(Duration.ofDays(30).minusMinutes(11));
        keys.lookAgain();
        assertThat(keys.all()).hasSize(1);

        clock.passes(Duration.ofMinutes(2));
        keys.lookAgain();
        keys.lookAgain();
        assertThat(keys.all()).hasSize(2);
        assertThat(keys.signing().getKeyID()).isEqualTo(first);

        clock.passes(Duration.ofMinutes(10));
        assertThat(keys.signing().getKeyID()).isNotEqualTo(first);

        clock.passes(Clients.TOKEN_LASTS);
        keys.lookAgain();
        assertThat(keys.has(first)).isTrue();

        clock.passes(Duration.ofMinutes(11));
        keys.lookAgain();
        assertThat(keys.has(first)).isFalse();
        assertThat(keys.all()).hasSize(1);
        assertThat(keys(alone.sql(), clock).signing()).isEqualTo(keys.signing());
    }

    @Test
    void keys_that_nobody_knows_make_it_look_again_at_a_bounded_rate() {
        var looks = new AtomicInteger();
        var keys = keys(JdbcClient.create(counting(looks)), Clock.systemUTC());
        looks.set(0);
        var begin = System.nanoTime();

        for (int i = 0; i < 200; i++) {
            assertThat(keys.get(named("made-up-" + i), NONE)).isEmpty();
        }

        var seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        assertThat(looks.get()).isBetween(10, (int) (11 + seconds));
    }

    @Test
    void a_key_that_nobody_can_guess_is_looked_up_without_a_statement() {
        var looks = new AtomicInteger();
        var keys = keys(JdbcClient.create(counting(looks)), Clock.systemUTC());
        looks.set(0);

        assertThat(keys.get(named(keys.signing().getKeyID()), NONE)).hasSize(1);
        assertThat(looks).hasValue(0);
    }

    @Test
    void times_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenTimes(Duration.ofMinutes(59), Duration.ofMinutes(10)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenTimes(Duration.ofHours(2), Duration.ofHours(2)));
    }

    private static TokenKeys keys(JdbcClient jdbc, Clock clock) {
        return new TokenKeys(new MasterKey(new byte[32]), jdbc, clock, MONTHLY);
    }

    private static JWKSelector named(String keyId) {
        return new JWKSelector(new JWKMatcher.Builder().keyID(keyId).build());
    }

    private static DataSource counting(AtomicInteger count) {
        return new DelegatingDataSource(node.bean(DataSource.class)) {
            @Override
            public Connection getConnection() throws SQLException {
                count.incrementAndGet();
                return super.getConnection();
            }
        };
    }

    private static int tenants(SecuredNode at, String token) {
        return at.call("POST /admin/v1/tenants", token).statusCode();
    }

    private static List<String> published(SecuredNode at) {
        return json(at.call("GET /oauth2/jwks", ""))
                .path("keys")
                .valueStream()
                .map(key -> key.path("kid").asString())
                .toList();
    }

    private static String keyOf(String token) {
        return header(token).path("kid").asString();
    }

    private static JsonNode header(String token) {
        return JsonMapper.shared()
                .readTree(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))));
    }

    /** A clock that is moved by hand. */
    private static final class Hand extends Clock {

        private Instant now;

        Hand(Instant now) {
            this.now = now;
        }

        void passes(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
