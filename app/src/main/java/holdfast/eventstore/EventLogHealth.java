package holdfast.eventstore;

import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the event log can be read. */
@Component("eventStoreHealthIndicator")
final class EventLogHealth extends AbstractHealthIndicator {

    private final EventStorageEngine log;

    EventLogHealth(EventStorageEngine log) {
        super("The event log cannot be read");
        this.log = log;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        log.createHeadToken();
        health.up();
    }
}
