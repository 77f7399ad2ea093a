package holdfast.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.time.Duration;

/**
 * How much of a request is taken in, and how many at once.
 *
 * @param bodyLimit the largest body of a booking call
 * @param documentLimit the largest body of an administration call, which may be a whole catalogue
 * @param bodyPatience how long a client may take to send a body
 * @param headPatience how long a client may take to send a request's line and headers
 * @param readsAtOnce how many requests that only read are worked on at the same time; none waits
 * @param writesAtOnce how many requests that change something are worked on at the same time
 * @param writesWaiting how many more may wait for their turn
 * @param patience how long one of them waits at most
 */
@ConfigurationProperties("holdfast.http")
record HttpSettings(
        @DefaultValue("64KB") DataSize bodyLimit,
        @DefaultValue("16MB") DataSize documentLimit,
        @DefaultValue("20s") Duration bodyPatience,
        @DefaultValue("10s") Duration headPatience,
        @DefaultValue("256") int readsAtOnce,
        @DefaultValue("32") int writesAtOnce,
        @DefaultValue("500") int writesWaiting,
        @DefaultValue("2s") Duration patience) {}
