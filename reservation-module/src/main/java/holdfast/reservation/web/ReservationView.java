package holdfast.reservation.web;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.catalogue.Branch.Address;
import holdfast.catalogue.Branch.Location;
import holdfast.reservation.ChosenBy;
import holdfast.reservation.ReservationStatus;

import org.jspecify.annotations.Nullable;

import java.time.OffsetDateTime;
import java.util.List;

/** A reservation as clients see it; times carry the branch's offset. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReservationView(
        String reservationId,
        ReservationStatus status,
        OffsetDateTime expiresAt,
        Slot timeSlot,
        BranchView branch,
        List<BookedService> services,
        BookedService service,
        List<BookedResource> resources,
        int numberOfReservations,
        @Nullable String notes) {

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "ReservationView[sealed]";
    }

    /** From {@code startTime} (inclusive) to {@code endTime} (exclusive). */
    record Slot(OffsetDateTime startTime, OffsetDateTime endTime) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BranchView(
            String id, String name, @Nullable Address address, @Nullable Location location) {}

    record BookedService(String id, String name, int numberOfReservations) {}

    /** A named resource, and who chose it. */
    record BookedResource(String id, String name, ChosenBy chosenBy) {}
}
