package holdfast.reservation;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.Sealed;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A reservation as it stands.
 *
 * @param status as of the instant it was asked for: a hold past its {@code expiresAt} is EXPIRED,
 *     whether or not that was recorded yet
 * @param chosenBy who chose the first named resource among the claims; the others are the system's
 *     choice
 * @param notes sealed; null if there are none, or once it is an appointment, whose details hold
 *     them
 * @param details sealed; null unless it is, or was, an appointment
 */
public record RegisterEntry(
        TenantId tenant,
        ReservationId reservation,
        BranchId branch,
        ReservationStatus status,
        TimeRange visit,
        Instant expiresAt,
        List<ServiceCount> services,
        List<Claim> claims,
        ChosenBy chosenBy,
        @Nullable Sealed notes,
        @Nullable CustomerId customer,
        @Nullable Sealed details) {

    /** Whether it was confirmed, whatever became of it later. */
    public boolean isAppointment() {
        return customer != null;
    }
}
