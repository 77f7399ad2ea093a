package holdfast.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.audit.EventView;
import holdfast.audit.TimeSlot;
import holdfast.customer.CustomerId;
import holdfast.customer.Occasion;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * All that is kept about a customer.
 *
 * @param position number of the last event of the log that counts
 * @param appointments that the customer has now, whatever became of them, soonest first
 * @param events that concern the customer, also of appointments that others have by now; what is
 *     sealed for others says {@code "sealed"}
 * @param readings who was shown the customer's data, the latest first
 */
record PersonalFile(
        CustomerId customerId,
        OffsetDateTime exportedAt,
        long position,
        List<Kept> appointments,
        List<EventView> events,
        List<Shown> readings) {

    /**
     * An appointment; times are in the branch's offset.
     *
     * @param branch its name in the tenant's language
     * @param details what the customer said of themselves
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Kept(
            ReservationId appointmentId,
            ReservationStatus status,
            String branchId,
            String branch,
            TimeSlot timeSlot,
            List<ServiceCount> services,
            @Nullable CustomerDetails details,
            @Nullable String notes) {}

    /**
     * @param reader a client's id, {@code member:} and a staff member's id, or {@code anonymous}
     * @param firstAt the first time on that day
     */
    record Shown(String reader, Occasion occasion, OffsetDateTime firstAt) {}

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "PersonalFile[sealed]";
    }
}
