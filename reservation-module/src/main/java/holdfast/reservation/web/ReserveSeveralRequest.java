package holdfast.reservation.web;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.reservation.web.ReservationController.ReserveRequest.Slot;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.SchedulingRefusal.AmongServices;
import holdfast.scheduling.SchedulingRefusal.OfService;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.VisitWish;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Several services in one visit; the other parts are as for one. */
record ReserveSeveralRequest(
        BranchId branchId,
        @Size(min = 1, max = 100) List<@Valid Wanted> services,
        @Nullable ResourceId requestedResourceId,
        Slot timeSlot,
        @Nullable @Size(max = 2048) String notes) {

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "ReserveSeveralRequest[sealed]";
    }

    /**
     * @param numberOfReservations people, or times to serve; 1 if absent
     */
    record Wanted(ServiceId serviceId, @Nullable Integer numberOfReservations) {

        ServiceCount asCount() {
            return new ServiceCount(
                    serviceId, numberOfReservations == null ? 1 : numberOfReservations);
        }
    }

    Reserve asCommand(TenantId tenant, ReservationId reservation) {
        var counts = services.stream().map(Wanted::asCount).toList();
        return new Reserve(
                tenant,
                reservation,
                new VisitWish(branchId, ServiceCount.together(counts), requestedResourceId),
                timeSlot.startTime().toInstant(),
                timeSlot.endTime().toInstant(),
                notes);
    }

    /** Says which of the services a refusal is about. */
    Refused pointed(Refused refused) {
        if (refused.reason() instanceof OfService reason) {
            var ids = services.stream().map(Wanted::serviceId).toList();
            return new Refused(new AmongServices(reason, ids.indexOf(reason.service())));
        }
        return refused;
    }
}
