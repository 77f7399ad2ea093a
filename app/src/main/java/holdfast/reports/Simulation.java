package holdfast.reports;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.scheduling.Audience;
import holdfast.scheduling.Busy;
import holdfast.scheduling.BusyTimes;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.VisitRules;
import holdfast.scheduling.VisitWish;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Demand met by a catalogue in the order in which it came, in memory, by the slot engine itself.
 * What somebody gave back is free for those who come later.
 */
final class Simulation implements Occupancy {

    private final Catalogue catalogue;
    private final Map<VisitWish, Optional<VisitRules>> rules = new HashMap<>();
    private final Map<PlacesId, BusyTimes> busy = new HashMap<>();
    private final PriorityQueue<Leaving> leaving =
            new PriorityQueue<>(Comparator.comparing(Leaving::at));

    private record Leaving(Instant at, PlacesId places, Busy claim) {}

    Simulation(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public BusyTimes of(PlacesId places) {
        return busy.getOrDefault(places, BusyTimes.NONE);
    }

    /**
     * Whether there is a place for it, which it takes then.
     *
     * @param demanded never earlier than the one before
     */
    boolean fits(Demanded demanded) {
        letGo(demanded.askedAt());
        var visit = rules.computeIfAbsent(demanded.wish(), this::rulesOf).orElse(null);
        if (visit == null) {
            return false;
        }
        var start = demanded.start();
        var now = demanded.askedAt();
        var end = start.plus(visit.length());
        if (!SlotEngine.obstacles(visit, start, end, now).isEmpty()) {
            return false;
        }
        var allocation = SlotEngine.allocate(visit, this, start, now);
        allocation.ifPresent(
                given ->
                        given.claims()
                                .forEach(
                                        claim ->
                                                take(
                                                        demanded,
                                                        claim.places(),
                                                        new Busy(
                                                                new ReservationId(demanded.id()),
                                                                claim.units(),
                                                                visit.busyFrom(start),
                                                                visit.busyTo(start),
                                                                start,
                                                                end,
                                                                null))));
        return allocation.isPresent();
    }

    private void take(Demanded demanded, PlacesId places, Busy claim) {
        busy.merge(places, BusyTimes.of(List.of(claim)), (known, _) -> known.with(claim));
        var until = demanded.until();
        if (until != null) {
            leaving.add(new Leaving(until, places, claim));
        }
    }

    private void letGo(Instant now) {
        for (var next = leaving.peek();
                next != null && !next.at().isAfter(now);
                next = leaving.peek()) {
            leaving.remove();
            busy.put(next.places(), of(next.places()).without(next.claim()));
        }
    }

    private Optional<VisitRules> rulesOf(VisitWish wish) {
        try {
            return Optional.of(VisitRules.of(catalogue, wish, Audience.PUBLIC));
        } catch (Refused _) {
            return Optional.empty(); // nobody can book this at any time
        }
    }
}
