package holdfast.scheduling.availability;

import holdfast.scheduling.Busy;
import holdfast.scheduling.BusyTimes;
import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.Claim;
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

    /** Each places' one id, so that not every reservation keeps a text of its own. */
    private final Map<PlacesId, PlacesId> ids = new HashMap<>();

    private Instant nextSweep = Instant.MIN;

    /** Some of the places, and when. */
    private record Taken(PlacesId places, Busy busy) {}

    /**
     * What a reservation has, as of one of its events.
     *
     * @param taken empty once it has nothing any more: remembered, so that an older event that
     *     arrives by another route does not bring it back
     * @param end from then on it matters to nobody
     */
    private record Stand(long sequence, List<Taken> taken, Instant end, boolean isFromLedger) {}

    @Override
    public BusyTimes of(PlacesId places) {
        return busy.getOrDefault(places, BusyTimes.NONE);
    }

    /** Takes in one place of a reservation, to be shown by {@link #showLoaded}. */
    synchronized void load(CapacityLedger.Entry entry) {
        var known = stands.get(entry.reservation());
        if (known != null && !known.isFromLedger()) {
            return;
        }
        var holder = entry.reservation();
        var taken = new ArrayList<Taken>();
        int units = 1;
        if (known != null) {
            for (var already : known.taken()) {
                holder = already.busy().holder();
                if (already.places().equals(entry.places())) {
                    units += already.busy().units();
                } else {
                    taken.add(already);
                }
            }
        }
        taken.add(
                taken(
                        entry.places(),
                        holder,
                        units,
                        entry.busy(),
                        entry.visit(),
                        entry.holdUntil()));
        stands.put(
                holder,
                new Stand(FROM_LEDGER, List.copyOf(taken), taken.getFirst().busy().busyTo(), true));
    }

    /** Shows all that was taken in, at once: one by one each would cost as much as its day. */
    synchronized void showLoaded() {
        var byPlaces = new HashMap<PlacesId, List<Busy>>();
        for (var stand : stands.values()) {
            for (var taken : stand.taken()) {
                byPlaces.computeIfAbsent(taken.places(), _ -> new ArrayList<>()).add(taken.busy());
            }
        }
        byPlaces.forEach((places, claims) -> busy.put(places, BusyTimes.of(claims)));
    }

    synchronized void take(
            ReservationId reservation,
            long sequence,
            List<Claim> claims,
            TimeRange busy,
            TimeRange visit,
            @Nullable Instant holdUntil,
            Instant now) {
        sweep(now);
        if (isNews(reservation, sequence)) {
            var taken =
                    claims.stream()
                            .map(
                                    claim ->
                                            taken(
                                                    claim.places(),
                                                    reservation,
                                                    claim.units(),
                                                    busy,
                                                    visit,
                                                    holdUntil))
                            .toList();
            replace(reservation, new Stand(sequence, List.copyOf(taken), busy.end(), false));
        }
    }

    private Taken taken(
            PlacesId places,
            ReservationId holder,
            int units,
            TimeRange busy,
            TimeRange visit,
            @Nullable Instant holdUntil) {
        return new Taken(
                ids.computeIfAbsent(places, same -> same),
                new Busy(
                        holder,
                        units,
                        busy.start(),
                        busy.end(),
                        visit.start(),
                        visit.end(),
                        holdUntil));
    }

    synchronized void keep(ReservationId reservation, long sequence, @Nullable Instant until) {
        var known = stands.get(reservation);
        if (known != null && isNews(reservation, sequence)) {
            var taken = known.taken().stream().map(each -> kept(each, known, until)).toList();
            replace(
                    reservation,
                    new Stand(sequence, List.copyOf(taken), known.end(), known.isFromLedger()));
        }
    }

    private static Taken kept(Taken taken, Stand known, @Nullable Instant until) {
        // What the ledger showed confirmed stays so while older news of it are read again.
        var isFirm = known.isFromLedger() && taken.busy().holdUntil() == null;
        return isFirm ? taken : new Taken(taken.places(), taken.busy().until(until));
    }

    synchronized void free(ReservationId reservation, long sequence) {
        var known = stands.get(reservation);
        if (known != null && isNews(reservation, sequence)) {
            replace(reservation, new Stand(sequence, List.of(), known.end(), false));
        }
    }

    private boolean isNews(ReservationId reservation, long sequence) {
        var known = stands.get(reservation);
        return known == null || sequence > known.sequence();
    }

    private void replace(ReservationId reservation, Stand stand) {
        var before = stands.put(reservation, stand);
        var gone = new HashMap<PlacesId, Busy>();
        if (before != null) {
            before.taken().forEach(taken -> gone.put(taken.places(), taken.busy()));
        }
        for (var taken : stand.taken()) {
            var old = gone.remove(taken.places());
            if (taken.busy().equals(old)) {
                continue;
            }
            // In one step, so that no reader finds the place free while a hold becomes firm.
            change(
                    taken.places(),
                    times -> (old == null ? times : times.without(old)).with(taken.busy()));
        }
        gone.forEach((places, old) -> change(places, times -> times.without(old)));
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
        for (var each = stands.values().iterator(); each.hasNext(); ) {
            var stand = each.next();
            if (stand.end().isBefore(past)) {
                stand.taken()
                        .forEach(
                                taken ->
                                        change(
                                                taken.places(),
                                                times -> times.without(taken.busy())));
                each.remove();
            }
        }
    }
}
