package holdfast.reservation.availability;

import holdfast.reservation.ReservationEvent;
import holdfast.reservation.ReservationEvent.Arrived;
import holdfast.reservation.ReservationEvent.Cancelled;
import holdfast.reservation.ReservationEvent.Completed;
import holdfast.reservation.ReservationEvent.Confirmed;
import holdfast.reservation.ReservationEvent.CustomerChanged;
import holdfast.reservation.ReservationEvent.Expired;
import holdfast.reservation.ReservationEvent.HandedOver;
import holdfast.reservation.ReservationEvent.HoldExtended;
import holdfast.reservation.ReservationEvent.Missed;
import holdfast.reservation.ReservationEvent.Released;
import holdfast.reservation.ReservationEvent.Rescheduled;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.scheduling.SlotAvailability;

import org.springframework.stereotype.Component;

/** One event's meaning for what is free, whichever route it came by. */
@Component
class AvailabilityFeed {

    /** Whatever its number is: nothing follows it. */
    private static final long LAST = Long.MAX_VALUE;

    private final SlotAvailability availability;

    AvailabilityFeed(SlotAvailability availability) {
        this.availability = availability;
    }

    void take(ReservationEvent event, long sequence) {
        var tenant = event.tenant();
        var reservation = event.reservation();
        switch (event) {
            case Reserved reserved ->
                    availability.taken(
                            tenant,
                            reservation,
                            sequence,
                            reserved.claims(),
                            reserved.busy(),
                            reserved.visit(),
                            reserved.expiresAt());
            case HoldExtended extended ->
                    availability.kept(tenant, reservation, sequence, extended.expiresAt());
            case Confirmed confirmed -> availability.kept(tenant, reservation, sequence, null);
            case Rescheduled moved -> {
                availability.taken(
                        tenant,
                        reservation,
                        sequence,
                        moved.claims(),
                        moved.busy(),
                        moved.visit(),
                        null);
                // only now, so that nobody is shown in between that its places are free
                availability.freed(tenant, moved.hold(), LAST);
            }
            case HandedOver handedOver -> {} // shows with what became of its places
            case CustomerChanged changed -> {}
            case Arrived arrived -> {}
            case Completed completed -> {}
            case Missed missed -> {}
            case Expired expired -> availability.freed(tenant, reservation, sequence);
            case Released released -> availability.freed(tenant, reservation, sequence);
            case Cancelled cancelled -> availability.freed(tenant, reservation, sequence);
        }
    }
}
