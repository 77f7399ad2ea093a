package holdfast.followers;

import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

import java.util.stream.Stream;

/** Reads events of the log as the program knows them today, older revisions among them. */
@Component
public final class StoredPayloads {

    private final Serializer serializer;
    private final Configuration axon;

    StoredPayloads(@Qualifier("eventSerializer") Serializer serializer, Configuration axon) {
        this.serializer = serializer;
        this.axon = axon;
    }

    /**
     * @return such as a {@code ReservationEvent.Reserved}
     * @throws org.axonframework.serialization.SerializationException if nobody knows its name
     */
    public Object of(LoggedEvent event) {
        var entry =
                new GenericDomainEventEntry<>(
                        event.kind(),
                        event.stream(),
                        event.sequence(),
                        event.id(),
                        event.recordedAt(),
                        event.name(),
                        event.revision(),
                        event.payload(),
                        event.metadata());
        return EventStreamUtils.upcastAndDeserializeDomainEvents(
                        Stream.of(entry), serializer, axon.upcasterChain())
                .next()
                .getPayload();
    }
}
