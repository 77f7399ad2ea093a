package holdfast.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import holdfast.customer.MasterKey;
import holdfast.limits.Bucket;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What tokens are signed with, the same on all nodes: the newest key whose time has come signs, and
 * those before it stay for as long as a token of theirs may last.
 *
 * <p>RSA, because a token is signed once and checked with every call, and checking is where RSA is
 * fast.
 */
final class TokenKeys implements JWKSource<SecurityContext> {

    /** What they are sealed for. */
    private static final String PURPOSE = "token-signing";

    /** A node that has not heard of a newer key may go on signing for a while. */
    private static final Duration STAYS = Clients.TOKEN_LASTS.plusMinutes(10);

    /**
     * A key nobody knows makes a node look again; whoever makes keys up costs no more than this.
     */
    private static final int LOOKS_PER_SECOND = 1;

    private static final int LOOKS_AT_ONCE = 10;

    private static final Logger log = LoggerFactory.getLogger(TokenKeys.class);

    private final MasterKey master;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final TokenTimes times;
    private final Bucket looks = new Bucket(LOOKS_PER_SECOND, LOOKS_AT_ONCE, System.nanoTime());

    private volatile Known known;

    /**
     * A key.
     *
     * @param signsFrom until a newer one does
     */
    record Key(RSAKey jwk, Instant signsFrom) {}

    /** In the order in which they sign; never empty. */
    private record Known(List<Key> keys, JWKSet set) {

        Known(List<Key> keys) {
            this(keys, new JWKSet(keys.stream().<JWK>map(Key::jwk).toList()));
        }
    }

    TokenKeys(MasterKey master, JdbcClient jdbc, Clock clock, TokenTimes times) {
        this.master = master;
        this.jdbc = jdbc;
        this.clock = clock;
        this.times = times;
        var read = read();
        if (read.isEmpty()) {
            insert(newKey(), clock.instant());
            read = read();
        }
        this.known = new Known(read);
    }

    /** In the order in which they sign. */
    List<Key> all() {
        return known.keys();
    }

    /** The one that signs now. */
    RSAKey signing() {
        var now = clock.instant();
        var signing = known.keys().getFirst();
        for (var key : known.keys()) {
            if (!key.signsFrom().isAfter(now)) {
                signing = key;
            }
        }
        return signing.jwk();
    }

    boolean has(String keyId) {
        return known.set().getKeyByKeyId(keyId) != null;
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        var found = selector.select(known.set());
        boolean named = selector.getMatcher().getKeyIDs() != null;
        if (found.isEmpty() && named && looks.take(System.nanoTime()).given()) {
            look(); // it may be another node's, made a moment ago
            return selector.select(known.set());
        }
        return found;
    }

    /**
     * Makes a key that signs at once.
     *
     * @param withdrawn whether tokens that others signed are refused from now on, as after a leak;
     *     else they last until they expire
     */
    Key renew(boolean withdrawn) {
        var jwk = newKey();
        var number = insert(jwk, clock.instant());
        if (withdrawn) {
            jdbc.sql("delete from token_key where number < :number")
                    .param("number", number)
                    .update();
        }
        look();
        return known.keys().stream()
                .filter(key -> key.jwk().getKeyID().equals(jwk.getKeyID()))
                .findFirst()
                .orElseThrow();
    }

    @Scheduled(fixedDelayString = "${holdfast.tokens.look-every}")
    void lookAgain() {
        try {
            renewIfDue();
            look();
        } catch (DataAccessException | TransactionException later) {
            log.debug("Keys of tokens are looked for later: {}", later.getMessage());
        }
    }

    /**
     * Two nodes may do it in the same moment: then there are two new keys, and the last one signs.
     */
    private void renewIfDue() {
        var now = clock.instant();
        var newest = known.keys().getLast().signsFrom();
        if (newest.plus(times.rotateEvery()).minus(times.announce()).isAfter(now)) {
            return;
        }
        look(); // another node may have seen to it
        if (known.keys().getLast().signsFrom().equals(newest)) {
            insert(newKey(), now.plus(times.announce()));
            log.info("A new key will sign tokens from {} on", now.plus(times.announce()));
        }
    }

    private void look() {
        var old = clock.instant().minus(STAYS);
        if (known.keys().size() > 1 && known.keys().get(1).signsFrom().isBefore(old)) {
            forgetFormer(old);
        }
        var read = read();
        if (!read.isEmpty()) {
            known = new Known(read);
        }
    }

    private void forgetFormer(Instant old) {
        jdbc.sql(
                        """
                        delete from token_key former where exists (
                            select from token_key later where later.signs_from < :old
                            and (later.signs_from, later.number)
                                > (former.signs_from, former.number))
                        """)
                .param("old", at(old))
                .update();
    }

    private List<Key> read() {
        return jdbc.sql("select wrapped, signs_from from token_key order by signs_from, number")
                .query(
                        (row, n) ->
                                new Key(
                                        opened(row.getBytes("wrapped")),
                                        row.getTimestamp("signs_from").toInstant()))
                .list();
    }

    private long insert(RSAKey key, Instant signsFrom) {
        var bytes = key.toJSONString().getBytes(StandardCharsets.UTF_8);
        return jdbc.sql(
                        """
                        insert into token_key (wrapped, signs_from) values (:wrapped, :from)
                        returning number
                        """)
                .param("wrapped", master.wrap(bytes, PURPOSE))
                .param("from", at(signsFrom))
                .query(Long.class)
                .single();
    }

    private RSAKey opened(byte[] wrapped) {
        try {
            return RSAKey.parse(
                    new String(master.unwrap(wrapped, PURPOSE), StandardCharsets.UTF_8));
        } catch (ParseException cause) {
            throw new IllegalStateException("A key of tokens is unreadable", cause);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException cause) {
            throw new IllegalStateException("This Java makes no RSA keys", cause);
        }
    }
}
