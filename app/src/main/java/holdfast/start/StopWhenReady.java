package holdfast.start;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** A start that is only to be watched, by the JVM that makes a cache of what it loads. */
@Component
@ConditionalOnBooleanProperty("holdfast.stop-when-ready")
final class StopWhenReady {

    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE)
    void ready(ApplicationReadyEvent event) {
        // not on the thread that starts: it has the rest of the start to do
        Thread.ofPlatform()
                .start(() -> System.exit(SpringApplication.exit(event.getApplicationContext())));
    }
}
