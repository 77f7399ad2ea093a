package holdfast.scheduling.ledger;

import static java.util.Comparator.comparing;

import holdfast.scheduling.Claim;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Places dealt so that none is busy twice and no more are used than stretches overlap at their
 * worst.
 *
 * <p>Taken in the order of their starts, each stretch gets the lowest place that is free by then.
 * An interval graph coloured this way needs as many colours as its largest clique (Gavril 1972), so
 * whatever the count allows, the dealing finds.
 *
 * @param placesOfClaim the places of the new claim, lowest first
 */
record Dealing(List<Move> moves, List<Integer> placesOfClaim) {

    /** A row that changes its place; it is known by where it is and when. */
    record Move(TimeRange busy, int from, int to) {}

    private record Stretch(TimeRange busy, @Nullable ClaimRow row) {}

    /**
     * @param cluster every claim on the places that hangs together with {@code busy} by overlapping
     */
    static Dealing of(List<ClaimRow> cluster, Claim claim, TimeRange busy) {
        var stretches = new ArrayList<Stretch>();
        for (var row : cluster) {
            stretches.add(new Stretch(row.busy(), row));
        }
        for (int unit = 0; unit < claim.units(); unit++) {
            stretches.add(new Stretch(busy, null));
        }
        stretches.sort(comparing(stretch -> stretch.busy().start()));

        var freeFrom = new ArrayList<Instant>();
        var moves = new ArrayList<Move>();
        var placesOfClaim = new ArrayList<Integer>();
        for (var stretch : stretches) {
            int place = lowestFree(freeFrom, stretch.busy());
            if (stretch.row() == null) {
                placesOfClaim.add(place);
            } else {
                moves.add(new Move(stretch.busy(), stretch.row().place(), place));
            }
        }
        return new Dealing(moves, placesOfClaim);
    }

    private static int lowestFree(List<Instant> freeFrom, TimeRange busy) {
        for (int place = 0; place < freeFrom.size(); place++) {
            if (!freeFrom.get(place).isAfter(busy.start())) {
                freeFrom.set(place, busy.end());
                return place;
            }
        }
        freeFrom.add(busy.end());
        return freeFrom.size() - 1;
    }
}
