package holdfast.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one caller may do on one node. The usual values stop nobody but a runaway program: set what
 * fits your clients.
 *
 * @param changesPerSecond how many requests that change something, and searches, in the long run; 0
 *     for no limit
 * @param changesAtOnce how many of them at once after a quiet time; at least 1
 * @param openHolds how many holds, neither confirmed nor ended, that were placed through this node;
 *     0 for no limit
 */
@ConfigurationProperties("holdfast.limits")
record LimitSettings(
        @DefaultValue("20000") int changesPerSecond,
        @DefaultValue("40000") int changesAtOnce,
        @DefaultValue("100000") int openHolds) {

    LimitSettings {
        if (changesPerSecond < 0 || changesAtOnce < 1 || openHolds < 0) {
            throw new IllegalArgumentException(
                    "holdfast.limits: nothing is negative, and changes-at-once is at least 1");
        }
    }
}
