package holdfast.members;

import holdfast.catalogue.ContentDigest;
import holdfast.catalogue.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.security.SecureRandom;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Who is signed in, in the table {@code staff_session}: the same on every node and after a restart.
 *
 * <p>A session is a secret that names a member, and holds nothing else. What the member may do is
 * read with every request, so that a changed or disabled account is so at once.
 */
@Component
class Sessions {

    /** The last click is noted no more often than this, so that most requests only read. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient jdbc;
    private final Members members;
    private final Clock clock;
    private final SignInSettings settings;

    Sessions(JdbcClient jdbc, Members members, Clock clock, SignInSettings settings) {
        this.jdbc = jdbc;
        this.members = members;
        this.clock = clock;
        this.settings = settings;
    }

    private record Session(MemberId member, Instant seenAt) {}

    /**
     * Signs a member in, and forgets the sessions of all that ended meanwhile.
     *
     * @param provider who signed the person in; null: the password did
     * @return the secret, which is always a new one
     */
    String begin(TenantId tenant, MemberId member, @Nullable String provider) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        jdbc.sql("delete from staff_session where seen_at < :idle or began_at < :began")
                .param("idle", at(now.minus(settings.idle())))
                .param("began", at(now.minus(settings.atMost())))
                .update();
        jdbc.sql(
                        """
                        insert into staff_session (digest, tenant_id, member_id, provider, began_at, seen_at)
                        values (:digest, :tenant, :member, :provider, :now, :now)
                        """)
                .param("digest", digest(secret))
                .param("tenant", tenant.text())
                .param("member", member.value())
                .param("provider", provider, Types.VARCHAR)
                .param("now", at(now))
                .update();
        return secret;
    }

    /**
     * Who has this secret; empty if it is another tenant's, too old, or the member is disabled.
     *
     * @param isClick false: a page asks by itself, which keeps no session alive
     */
    Optional<SignedIn> find(TenantId tenant, String secret, boolean isClick) {
        var now = clock.instant();
        var session =
                jdbc.sql(
                                """
                                select member_id, seen_at from staff_session
                                where digest = :digest and tenant_id = :tenant
                                and seen_at >= :idle and began_at >= :began
                                """)
                        .param("digest", digest(secret))
                        .param("tenant", tenant.text())
                        .param("idle", at(now.minus(settings.idle())))
                        .param("began", at(now.minus(settings.atMost())))
                        .query(
                                (row, n) ->
                                        new Session(
                                                new MemberId(
                                                        row.getObject("member_id", UUID.class)),
                                                row.getObject("seen_at", OffsetDateTime.class)
                                                        .toInstant()))
                        .optional();
        session.filter(found -> isClick && found.seenAt().isBefore(now.minus(NOTED_EVERY)))
                .ifPresent(found -> note(secret, now));
        return session.flatMap(found -> members.find(tenant, found.member()))
                .filter(member -> !member.disabled())
                .map(SignedIn::new);
    }

    /**
     * Signs out whoever has this secret.
     *
     * @return which provider signed the person in; empty: none did, or there was no such session
     */
    Optional<String> end(String secret) {
        return jdbc.sql("delete from staff_session where digest = :digest returning provider")
                .param("digest", digest(secret))
                .query((row, n) -> Optional.ofNullable(row.getString("provider")))
                .optional()
                .flatMap(provider -> provider);
    }

    private void note(String secret, Instant now) {
        jdbc.sql("update staff_session set seen_at = :now where digest = :digest")
                .param("now", at(now))
                .param("digest", digest(secret))
                .update();
    }

    private static byte[] digest(String secret) {
        return ContentDigest.of(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
