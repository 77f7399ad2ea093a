package holdfast.reservation.rebuild;

import holdfast.reservation.rebuild.Payload.Span;

import java.util.ArrayList;
import java.util.List;

/**
 * Deals the places of one pool or resource. Claims come in the order of their starts, and each gets
 * the lowest place that is free by then: so it needs no more of them than overlap at the worst
 * instant. What was dealt before may have any places.
 */
final class Dealer {

    private final List<Long> freeFrom = new ArrayList<>();

    /** Somebody has the place until then. */
    void occupied(int place, long until) {
        while (freeFrom.size() <= place) {
            freeFrom.add(Long.MIN_VALUE);
        }
        freeFrom.set(place, Math.max(until, freeFrom.get(place)));
    }

    int deal(Span busy) {
        int place = 0;
        while (place < freeFrom.size() && freeFrom.get(place) > busy.from()) {
            place++;
        }
        occupied(place, busy.to());
        return place;
    }
}
