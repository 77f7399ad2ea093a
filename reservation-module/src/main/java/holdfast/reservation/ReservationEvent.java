package holdfast.reservation;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.EventName;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.Sealed;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What happens to a reservation. Instants are UTC.
 *
 * <p>The names are stored and stay. Nothing of a person stands readable in here: notes, details and
 * reasons are sealed under a key that can be destroyed.
 */
public sealed interface ReservationEvent {

    TenantId tenant();

    ReservationId reservation();

    BranchId branch();

    /**
     * A visit's places are kept until {@code expiresAt} (exclusive).
     *
     * @param visit when the people come
     * @param busy the visit with its buffers: how long the places are taken
     * @param claims the places it takes, first of all the resource that the customer chose, if any
     * @param chosenBy who chose the first named resource among the claims; the others are the
     *     system's choice
     * @param notes sealed under the reservation's own key; null if there are none
     */
    @EventName("reservation.Reserved")
    @Revision("1")
    record Reserved(
            TenantId tenant,
            ReservationId reservation,
            BranchId branch,
            List<ServiceCount> services,
            TimeRange visit,
            TimeRange busy,
            List<Claim> claims,
            ChosenBy chosenBy,
            @Nullable Sealed notes,
            Instant expiresAt)
            implements ReservationEvent {}

    /** The hold has its full time again, until the new {@code expiresAt} (exclusive). */
    @EventName("reservation.HoldExtended")
    @Revision("1")
    record HoldExtended(
            TenantId tenant, ReservationId reservation, BranchId branch, Instant expiresAt)
            implements ReservationEvent {}

    /**
     * Somebody comes: the hold became an appointment.
     *
     * @param details who, and what they answered, sealed under the customer's key
     * @param fingerprint a keyed digest of what was sent, by which the same request is known again
     */
    @EventName("reservation.Confirmed")
    @Revision("1")
    record Confirmed(
            TenantId tenant,
            ReservationId reservation,
            BranchId branch,
            CustomerId customer,
            Sealed details,
            String fingerprint)
            implements ReservationEvent {}

    /**
     * The appointment takes place at another time, and has given its old places back.
     *
     * @param branch where it takes place from now on
     * @param visit when the people come from now on
     * @param busy the visit with its buffers
     * @param claims the places it takes from now on, which were those of the hold
     * @param hold the reservation that held them, which has ended with that
     * @param askedAt when it was asked for, by which its deadline is judged
     */
    @EventName("reservation.Rescheduled")
    @Revision("1")
    record Rescheduled(
            TenantId tenant,
            ReservationId reservation,
            BranchId branch,
            List<ServiceCount> services,
            TimeRange visit,
            TimeRange busy,
            List<Claim> claims,
            ChosenBy chosenBy,
            ReservationId hold,
            Instant askedAt)
            implements ReservationEvent {}

    /**
     * The hold has ended: its places went to an appointment. The appointment's {@link Rescheduled}
     * follows in the same transaction.
     */
    @EventName("reservation.HandedOver")
    @Revision("1")
    record HandedOver(
            TenantId tenant, ReservationId reservation, BranchId branch, ReservationId appointment)
            implements ReservationEvent {}

    /**
     * Somebody else comes, or the same person with other details.
     *
     * @param customer may be another one than before
     * @param details as of {@link Confirmed}, sealed under this customer's key
     * @param fingerprint as of {@link Confirmed}
     */
    @EventName("reservation.CustomerChanged")
    @Revision("1")
    record CustomerChanged(
            TenantId tenant,
            ReservationId reservation,
            BranchId branch,
            CustomerId customer,
            Sealed details,
            String fingerprint)
            implements ReservationEvent {}

    /** The customer is there. */
    @EventName("reservation.Arrived")
    @Revision("1")
    record Arrived(TenantId tenant, ReservationId reservation, BranchId branch)
            implements ReservationEvent {}

    /** The appointment took place. */
    @EventName("reservation.Completed")
    @Revision("1")
    record Completed(TenantId tenant, ReservationId reservation, BranchId branch)
            implements ReservationEvent {}

    /** Nobody came. */
    @EventName("reservation.Missed")
    @Revision("1")
    record Missed(TenantId tenant, ReservationId reservation, BranchId branch)
            implements ReservationEvent {}

    /**
     * Nobody confirmed in time; the places are free again.
     *
     * @param expiredAt when the hold ended, which is when its places were free again; the event may
     *     be recorded later
     */
    @EventName("reservation.Expired")
    @Revision("1")
    record Expired(TenantId tenant, ReservationId reservation, BranchId branch, Instant expiredAt)
            implements ReservationEvent {}

    /** The hold was given back before its time. */
    @EventName("reservation.Released")
    @Revision("1")
    record Released(TenantId tenant, ReservationId reservation, BranchId branch)
            implements ReservationEvent {}

    /**
     * The appointment will not take place; its places are free again.
     *
     * @param reason what the canceller wrote, sealed under the customer's key; null if nothing
     * @param askedAt when the cancelling was asked for, by which its deadline is judged
     */
    @EventName("reservation.Cancelled")
    @Revision("1")
    record Cancelled(
            TenantId tenant,
            ReservationId reservation,
            BranchId branch,
            @Nullable Sealed reason,
            Instant askedAt)
            implements ReservationEvent {}
}
