package holdfast.followers;

import holdfast.eventstore.EventNames;

import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads events of the log as the program knows them today, older revisions among them. */
@Component
public final class StoredPayloads {

    private final Serializer serializer;
    private final Configuration axon;
    private final Map<String, String> revisions;

    StoredPayloads(
            @Qualifier("eventSerializer") Serializer serializer,
            Configuration axon,
            EventNames names) {
        this.serializer = serializer;
        this.axon = axon;
        this.revisions = names.revisions();
    }

    /**
     * The same event under the name and in the shape that it has today; the event itself if it has
     * them.
     *
     * @throws org.axonframework.serialization.SerializationException if nobody knows its name
     */
    public LoggedEvent asOfToday(LoggedEvent event) {
        if (Objects.equals(revisions.get(event.name()), event.revision())) {
            return event;
        }
        var today = serializer.serialize(of(event), byte[].class);
        return new LoggedEvent(
                event.position(),
                event.id(),
                event.stream(),
                event.sequence(),
                event.kind(),
                today.getType().getName(),
                today.getType().getRevision(),
                event.recordedAt(),
                today.getData(),
                event.metadata());
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
