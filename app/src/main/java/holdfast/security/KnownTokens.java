package holdfast.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import holdfast.catalogue.ContentDigest;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;

/**
 * Reads a token once, and remembers what it says until it expires: checking a signature takes
 * longer than most calls.
 *
 * <p>Kept under the token's digest. What was refused is not remembered.
 */
final class KnownTokens implements JwtDecoder {

    private static final int MOST = 10_000;

    private final JwtDecoder reader;
    private final Clock clock;
    private final Cache<String, Jwt> known = Caffeine.newBuilder().maximumSize(MOST).build();

    KnownTokens(JwtDecoder reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        var digest = digest(token);
        var read = known.getIfPresent(digest);
        if (read != null && isGood(read)) {
            return read;
        }
        var fresh = reader.decode(token);
        known.put(digest, fresh);
        return fresh;
    }

    private boolean isGood(Jwt token) {
        var expiresAt = token.getExpiresAt();
        return expiresAt != null && clock.instant().isBefore(expiresAt);
    }

    private static String digest(String token) {
        return Base64.getEncoder()
                .encodeToString(ContentDigest.of(token.getBytes(StandardCharsets.UTF_8)));
    }
}
