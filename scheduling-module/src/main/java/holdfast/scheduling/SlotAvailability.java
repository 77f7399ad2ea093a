package holdfast.scheduling;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.TenantId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is free: the read model of slots per tenant, branch, service and resource.
 *
 * <p>It lives in memory, so that asking costs no statement and takes no lock, and is fed from the
 * events: on the node that stored them before its caller gets the answer, on the others moments
 * later. It may hide a free slot for a moment and never gives one: that is the {@link
 * CapacityLedger}'s.
 */
public interface SlotAvailability {

    /** The free slots nearest to an instant, nearest first. */
    List<TimeRange> nearest(Catalogue catalogue, VisitWish wish, Instant around, int most);

    /**
     * Who is where at present in one tenant: a view, so what it answers changes as things are
     * booked.
     */
    Occupancy occupancy(TenantId tenant);

    /** Takes in what the ledger holds, where no event has said more already. */
    void load(Stream<CapacityLedger.Entry> entries);

    /**
     * Takes in that a reservation has these places.
     *
     * @param sequence of the event that says so, within the reservation; what is older than
     *     something known already is ignored, so events may come twice and in any mixture of routes
     * @param holdUntil null: confirmed
     */
    void taken(
            TenantId tenant,
            ReservationId reservation,
            long sequence,
            List<Claim> claims,
            TimeRange busy,
            TimeRange visit,
            @Nullable Instant holdUntil);

    /**
     * Takes in that the hold lasts until another instant.
     *
     * @param holdUntil null: confirmed
     */
    void kept(
            TenantId tenant, ReservationId reservation, long sequence, @Nullable Instant holdUntil);

    /** Takes in that the reservation has nothing any more. */
    void freed(TenantId tenant, ReservationId reservation, long sequence);
}
