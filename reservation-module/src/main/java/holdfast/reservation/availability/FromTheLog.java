package holdfast.reservation.availability;

import holdfast.reservation.ReservationEvent;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.springframework.stereotype.Component;

/**
 * What any node stored shows here once the log is read: how nodes hear of each other, and how the
 * slots are built again from nothing.
 */
@Component
@ProcessingGroup("slot-availability") // every node follows the whole log for itself
class FromTheLog {

    private final AvailabilityFeed feed;

    FromTheLog(AvailabilityFeed feed) {
        this.feed = feed;
    }

    @EventHandler
    void on(ReservationEvent event, @SequenceNumber long sequence) {
        feed.take(event, sequence);
    }
}
