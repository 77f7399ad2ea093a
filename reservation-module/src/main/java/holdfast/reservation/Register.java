package holdfast.reservation;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.TimeRange;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every reservation as it stands; never behind the last answer of any node. */
public interface Register {

    /** Empty also if the reservation is another tenant's. One statement. */
    Optional<RegisterEntry> find(TenantId tenant, ReservationId reservation);

    /** Those of them that are holds in force at the instant, whoever's they are. One statement. */
    Set<ReservationId> openHoldsAmong(Collection<ReservationId> reservations, Instant now);

    /** A customer's appointments, whatever became of them, soonest first. One statement. */
    List<RegisterEntry> appointmentsOf(TenantId tenant, CustomerId customer);

    /**
     * The appointments at a branch that start in the range, whatever became of them, soonest first.
     */
    List<RegisterEntry> appointmentsAt(TenantId tenant, BranchId branch, TimeRange range);

    /** The tenant's confirmed appointments that start after the instant, soonest first. */
    List<RegisterEntry> comingAppointments(TenantId tenant, Instant after);
}
