package holdfast.reservation.availability;

import holdfast.catalogue.WithTheEvent;
import holdfast.reservation.ReservationEvent;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;

/**
 * What this node stored shows in its slots as soon as it is committed and before its caller gets
 * the answer.
 */
@Component
@ProcessingGroup(WithTheEvent.GROUP)
class OnThisNode {

    private final AvailabilityFeed feed;

    OnThisNode(AvailabilityFeed feed) {
        this.feed = feed;
    }

    @EventHandler
    void on(ReservationEvent event, @SequenceNumber long sequence, UnitOfWork<?> unitOfWork) {
        unitOfWork.root().afterCommit(committed -> feed.take(event, sequence));
    }
}
