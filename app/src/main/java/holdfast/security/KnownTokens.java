package holdfast.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import holdfast.catalogue.ContentDigest;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;

/**
 * Reads a token once, and remembers what it says until it expires: checking a signature takes
 * longer than most calls. Whether its key and its client's grant are still good is looked at every
 * time, in memory.
 *
 * <p>Kept under the token's digest. What was refused is not remembered.
 */
final class KnownTokens implements JwtDecoder {

    private static final int MOST = 10_000;

    private final JwtDecoder ours;
    private final TokenKeys keys;
    private final EndedGrants grants;
    private final OutsideIssuers outside;
    private final Clock clock;
    private final Cache<String, Read> known = Caffeine.newBuilder().maximumSize(MOST).build();

    /** What a token says, and whether it was issued here. */
    private record Read(Jwt token, boolean isOurs) {}

    KnownTokens(
            JwtDecoder ours,
            TokenKeys keys,
            EndedGrants grants,
            OutsideIssuers outside,
            Clock clock) {
        this.ours = ours;
        this.keys = keys;
        this.grants = grants;
        this.outside = outside;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        var digest = digest(token);
        var read = known.getIfPresent(digest);
        if (read == null || hasExpired(read.token())) {
            read = read(token);
            known.put(digest, read);
        }
        if (read.isOurs()) {
            refuseWithdrawn(read.token());
            grants.refuseEnded(read.token());
        }
        return read.token();
    }

    private Read read(String token) {
        return outside.issuerOf(token)
                .map(issuer -> new Read(issuer.decode(token), false))
                .orElseGet(() -> new Read(ours.decode(token), true));
    }

    private void refuseWithdrawn(Jwt token) {
        if (!(token.getHeaders().get("kid") instanceof String key && keys.has(key))) {
            throw new BadJwtException("The key that signed it was withdrawn");
        }
    }

    private boolean hasExpired(Jwt token) {
        var expiresAt = token.getExpiresAt();
        return expiresAt == null || !clock.instant().isBefore(expiresAt);
    }

    private static String digest(String token) {
        return Base64.getEncoder()
                .encodeToString(ContentDigest.of(token.getBytes(StandardCharsets.UTF_8)));
    }
}
