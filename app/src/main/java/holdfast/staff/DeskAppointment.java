package holdfast.staff;

import holdfast.catalogue.BranchId;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ServiceCount;

import org.jspecify.annotations.Nullable;

import java.time.ZonedDateTime;
import java.util.List;

/**
 * An appointment as the desk sees it; times are in the branch's zone.
 *
 * @param services in words
 * @param resources the named ones it takes, in words; empty if none has a name
 * @param customer null once the person was erased
 */
record DeskAppointment(
        String id,
        ReservationStatus status,
        BranchId branch,
        ZonedDateTime start,
        ZonedDateTime end,
        List<ServiceCount> booked,
        String services,
        int people,
        List<Claim> claims,
        String resources,
        @Nullable CustomerDetails customer,
        @Nullable String notes) {

    /** As it is called out in a waiting room; empty if nobody knows any more. */
    public String who() {
        return customer == null ? "" : customer.firstName() + " " + customer.lastName();
    }

    /** The status as part of a message's and of a style's name. */
    public String state() {
        return status.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public boolean isCancelled() {
        return status == ReservationStatus.CANCELLED;
    }

    /** Whether the customer may still come. */
    public boolean isAwaited() {
        return status == ReservationStatus.CONFIRMED;
    }

    public boolean isHere() {
        return status == ReservationStatus.ARRIVED;
    }

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "DeskAppointment[%s]".formatted(id);
    }
}
