package holdfast.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * When the keys of tokens change.
 *
 * @param rotateEvery for how long one key signs; at least an hour
 * @param announce for how long a key is published before it signs, for those who keep what {@code
 *     /oauth2/jwks} said; shorter than {@code rotateEvery}
 */
@ConfigurationProperties("holdfast.tokens")
record TokenTimes(
        @DefaultValue("30d") Duration rotateEvery, @DefaultValue("10m") Duration announce) {

    TokenTimes {
        if (rotateEvery.compareTo(Duration.ofHours(1)) < 0
                || announce.isNegative()
                || announce.compareTo(rotateEvery) >= 0) {
            throw new IllegalArgumentException(
                    "holdfast.tokens: rotate-every is at least an hour, and announce is shorter");
        }
    }
}
