package holdfast.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * Books and cancels in the demo organisation, over HTTP and so many times, and ends. The JVM
 * watches, and keeps what it loaded and which ways the calls took for later starts.
 */
@Component
@ConditionalOnProperty("holdfast.rehearsals")
final class Rehearsal {

    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

    private final int times;

    Rehearsal(@Value("${holdfast.rehearsals}") int times) {
        this.times = times;
    }

    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE)
    void ready(ApplicationReadyEvent event) {
        // not on the thread that starts: it has the rest of the start to do
        Thread.ofPlatform()
                .start(
                        () -> {
                            int failed = rehearse(event) ? 0 : 1;
                            SpringApplication.exit(event.getApplicationContext());
                            System.exit(failed);
                        });
    }

    private boolean rehearse(ApplicationReadyEvent event) {
        var port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
        try {
            new DemoCalls("http://localhost:" + port).make(times);
            return true;
        } catch (RestClientException | IllegalStateException e) {
            log.error("The rehearsal broke off", e);
            return false;
        }
    }
}
