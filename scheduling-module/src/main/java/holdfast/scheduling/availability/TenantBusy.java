package holdfast.scheduling.availability;

import static java.util.stream.Collectors.toSet;

import holdfast.scheduling.Busy;
import holdfast.scheduling.BusyTimes;
import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * One tenant's busy time.
 *
 * <p>Reading takes no lock: the busy time of each place is immutable and swapped whole. Writers
 * take turns.
 */
final class TenantBusy implements Occupancy {

    /** What was is of no use for what is free; a day's grace covers every zone. */
    private static final Duration GRACE = Duration.ofDays(1);

    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    /**
     * Read from the ledger, which knows no sequence numbers. A row there is at least as new as the
     * event that made it, which is a reservation's first.
     */
    private static final long FROM_LEDGER = 0;

    private final Map<PlacesId, BusyTimes> busy = new ConcurrentHashMap<>();
    private final Map<ReservationId, Stand> stands = new HashMap<>();
    private Instant nextSweep = Instant.MIN;

    /** Some of the places. */
    record Taken(PlacesId places, int units) {}

    /**
     * What a reservation has, as of one of its events.
     *
     * @param taken empty once it has nothing any more: remembered, so that an older event that
     *     arrives by another route does not bring it back
     * @param holdUntil null: confirmed
     */
    record Stand(
            long sequence,
            List<Taken> taken,
            TimeRange busy,
            TimeRange visit,
            @Nullable Instant holdUntil,
            boolean isFromLedger) {}

    @Override
    public BusyTimes of(PlacesId places) {
        return busy.getOrDefault(places, BusyTimes.NONE);
    }

    synchronized void load(CapacityLedger.Entry entry) {
        var known = stands.get(entry.reservation());
        if (known != null && !known.isFromLedger()) {
            return;
        }
        var taken = new ArrayList<Taken>();
        int units = 1;
        for (var already : known == null ? List.<Taken>of() : known.taken()) {
            if (already.places().equals(entry.places())) {
                units += already.units();
            } else {
                taken.add(already);
            }
        }
        taken.add(new Taken(entry.places(), units));
        var stand =
                new Stand(FROM_LEDGER, taken, entry.busy(), entry.visit(), entry.holdUntil(), true);
        replace(entry.reservation(), stand);
    }

    synchronized void take(ReservationId reservation, Stand stand, Instant now) {
        sweep(now);
        if (isNews(reservation, stand.sequence())) {
            replace(reservation, stand);
        }
    }

    synchronized void keep(ReservationId reservation, long sequence, @Nullable Instant until) {
        var known = stands.get(reservation);
        if (known != null && isNews(reservation, sequence)) {
            // What the ledger showed confirmed stays so while older news of it are read again.
            var newest = known.isFromLedger() && known.holdUntil() == null ? null : until;
            replace(
                    reservation,
                    new Stand(
                            sequence,
                            known.taken(),
                            known.busy(),
                            known.visit(),
                            newest,
                            known.isFromLedger()));
        }
    }

    synchronized void free(ReservationId reservation, long sequence) {
        var known = stands.get(reservation);
        if (known != null && isNews(reservation, sequence)) {
            replace(
                    reservation,
                    new Stand(sequence, List.of(), known.busy(), known.visit(), null, false));
        }
    }

    private boolean isNews(ReservationId reservation, long sequence) {
        var known = stands.get(reservation);
        return known == null || sequence > known.sequence();
    }

    private void replace(ReservationId reservation, Stand stand) {
        var before = stands.put(reservation, stand);
        for (var claim : stand.taken()) {
            var stretch =
                    new Busy(
                            reservation,
                            claim.units(),
                            stand.busy().start(),
                            stand.busy().end(),
                            stand.visit().start(),
                            stand.visit().end(),
                            stand.holdUntil());
            // In one step, so that no reader finds the place free while a hold becomes firm.
            change(claim.places(), times -> times.with(stretch));
        }
        if (before != null) {
            var kept = stand.taken().stream().map(Taken::places).collect(toSet());
            before.taken().stream()
                    .map(Taken::places)
                    .filter(places -> !kept.contains(places))
                    .forEach(places -> leave(places, reservation));
        }
    }

    private void leave(PlacesId places, ReservationId reservation) {
        change(places, times -> times.without(reservation));
    }

    private void change(PlacesId places, UnaryOperator<BusyTimes> change) {
        busy.compute(places, (same, times) -> change.apply(times == null ? BusyTimes.NONE : times));
    }

    private void sweep(Instant now) {
        if (now.isBefore(nextSweep)) {
            return;
        }
        nextSweep = now.plus(BETWEEN_SWEEPS);
        var past = now.minus(GRACE);
        for (var each = stands.entrySet().iterator(); each.hasNext(); ) {
            var entry = each.next();
            if (entry.getValue().busy().end().isBefore(past)) {
                entry.getValue().taken().forEach(claim -> leave(claim.places(), entry.getKey()));
                each.remove();
            }
        }
    }
}
