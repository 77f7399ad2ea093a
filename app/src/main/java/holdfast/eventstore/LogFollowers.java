package holdfast.eventstore;

import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The groups that keep their picture in memory. Each node follows the whole log for itself, from
 * shortly before it loaded the picture, and forgets its position when it stops.
 */
@Configuration(proxyBeanMethods = false)
class LogFollowers {

    private static final Logger log = LoggerFactory.getLogger(LogFollowers.class);

    private static final List<String> GROUPS = List.of("catalogue", "slot-availability");

    /**
     * How many events before the newest one a follower begins. A transaction that was open while
     * the picture was loaded may have taken an older number than one that was committed; reading a
     * few thousand events again finds it, and changes nothing else.
     */
    private static final int LOOK_BACK = 5_000;

    private static final int MILLIS_BETWEEN_LOOKS = 5;
    private static final int LOOKS_BETWEEN_WARNINGS = 2_000;

    /** Taken before any picture is loaded, so that nothing falls between the two. */
    @Bean
    Start startOfFollowing(EventStorageEngine store) {
        return new Start(shortlyBefore(store.createHeadToken()));
    }

    /**
     * @param token null: from the first event on
     */
    record Start(@Nullable TrackingToken token) {}

    private static @Nullable TrackingToken shortlyBefore(@Nullable TrackingToken newest) {
        if (newest == null) {
            return null;
        }
        long index = newest.position().orElse(0) - LOOK_BACK;
        return index < 0 ? null : GapAwareTrackingToken.newInstance(index, List.of());
    }

    /**
     * Holds readiness back until the followers have read all that was in the log by now, so that
     * nobody is sent to a node whose picture is behind.
     */
    @Bean
    ApplicationRunner readTheLogFirst(
            EventStorageEngine store, org.axonframework.config.Configuration axon) {
        return _ -> {
            var newest = store.createHeadToken();
            if (newest != null) {
                for (var group : GROUPS) {
                    var follower =
                            axon.eventProcessingConfiguration()
                                    .eventProcessor(group, StreamingEventProcessor.class);
                    if (follower.isPresent()) { // else nobody is in the group
                        await(group, follower.get(), newest.position().orElse(0));
                    }
                }
            }
        };
    }

    private static void await(String group, StreamingEventProcessor follower, long position)
            throws InterruptedException {
        var begin = System.nanoTime();
        for (long looks = 1; !hasRead(follower, position); looks++) {
            if (looks % LOOKS_BETWEEN_WARNINGS == 0) {
                log.warn(
                        "Not ready: {} has not read the event log up to {} after {} s",
                        group,
                        position,
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
            }
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private static boolean hasRead(StreamingEventProcessor follower, long position) {
        var segments = follower.processingStatus().values();
        return !segments.isEmpty()
                && segments.stream()
                        .allMatch(segment -> segment.getCurrentPosition().orElse(-1) >= position);
    }

    @Bean
    ConfigurerModule followTheLog(ObjectProvider<Start> start) {
        return configurer ->
                GROUPS.forEach(
                        group ->
                                configurer
                                        .eventProcessing()
                                        .registerPooledStreamingEventProcessor(
                                                group,
                                                org.axonframework.config.Configuration::eventStore,
                                                (axon, processor) ->
                                                        processor
                                                                .tokenStore(
                                                                        new InMemoryTokenStore())
                                                                .initialSegmentCount(1)
                                                                .batchSize(500)
                                                                .initialToken(
                                                                        source ->
                                                                                start.getObject()
                                                                                        .token())));
    }
}
