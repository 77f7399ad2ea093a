package holdfast.reservation.holding;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.springframework.stereotype.Component;

/**
 * An empty reservation, to fold events into. Axon's own factory would have Spring make each one,
 * and look it over for settings and callbacks.
 */
@Component("reservationAggregateFactory") // by which name it is found
class NewReservation implements AggregateFactory<Reservation> {

    @Override
    public Reservation createAggregateRoot(String id, DomainEventMessage<?> firstEvent) {
        return new Reservation();
    }

    @Override
    public Class<Reservation> getAggregateType() {
        return Reservation.class;
    }
}
