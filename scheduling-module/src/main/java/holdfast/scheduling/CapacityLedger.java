package holdfast.scheduling;

import holdfast.catalogue.TenantId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who has which place, and when: the one point at which places are given.
 *
 * <p>Every call belongs to the transaction of the command that makes it, and comes before the event
 * is applied. A refused claim is an ordinary answer: nothing was written. What is written may wait
 * for the end of the transaction, so a transaction gives a visit its places only once.
 */
public interface CapacityLedger {

    /**
     * Gives the visit its places until {@code holdUntil}, choosing among those that are free.
     *
     * <p>Holds that ended at or before {@code now} and lie in the way lose their places here; their
     * reservations are named in the answer, for the caller to record that they expired.
     *
     * @param start of the visit, without buffers; its rules are the caller's to check
     * @throws holdfast.catalogue.Refused for {@link SchedulingRefusal.SlotTaken}, if the places
     *     left are too few
     */
    Given claim(
            TenantId tenant,
            ReservationId reservation,
            VisitRules rules,
            Instant start,
            Instant now,
            Instant holdUntil);

    /**
     * Makes the claims of a hold in force last. If it lost them meanwhile, since it ended at or
     * before {@code now}, the transaction fails with {@link holdfast.catalogue.LostRace} when it is
     * to be committed.
     */
    void keep(ReservationId reservation, Instant now);

    /** Moves the end of a hold in force; fails like {@link #keep}. */
    void prolong(ReservationId reservation, Instant now, Instant holdUntil);

    /**
     * Gives an appointment the places of a hold in force, for good, in the place of those that it
     * has; fails like {@link #keep}.
     */
    void handOver(ReservationId hold, ReservationId appointment, Instant now);

    /** Frees what the reservation has, if it has anything. */
    void giveBack(ReservationId reservation);

    /** Whose holds ended at or before {@code now} and still stand here. */
    List<TenantId> tenantsWithEndedHolds(Instant now);

    /**
     * Frees what ended holds have, the oldest first, and leaves out those that another transaction
     * is just dealing with.
     *
     * @param most claims at a time, at least 1
     * @return whose holds they were, for the caller to record that they expired
     */
    Set<ReservationId> giveBackEnded(TenantId tenant, Instant now, int most);

    /**
     * Everything that is busy at or after {@code from}, in no order, read row by row.
     *
     * @return to be closed, within the transaction it was asked for in
     */
    Stream<Entry> busyFrom(Instant from);

    /**
     * The places a visit was given.
     *
     * @param lapsed the reservations whose ended holds gave way
     */
    record Given(Allocation allocation, Set<ReservationId> lapsed) {}

    /**
     * One place of one reservation.
     *
     * @param busy the visit with its buffers
     * @param holdUntil null: confirmed
     */
    record Entry(
            TenantId tenant,
            PlacesId places,
            ReservationId reservation,
            TimeRange busy,
            TimeRange visit,
            @Nullable Instant holdUntil) {}
}
