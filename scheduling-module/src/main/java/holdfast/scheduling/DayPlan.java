package holdfast.scheduling;

import holdfast.catalogue.ResourceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One date of a {@link VisitRules} as numbers: everything about it that no booking and no clock
 * changes, so that a list of slots only has to walk along.
 *
 * @param starts the seconds at which the rules allow a start, ascending
 * @param pools per resource type, then per pool
 */
record DayPlan(long[] starts, long before, long after, List<List<PoolDay>> pools) {

    /** A pool on this date, with one {@link PlacesDay} per places. */
    record PoolDay(Pool pool, List<PlacesDay> places) {}

    /**
     * @param there for each start, whether the places are there; empty: at every start
     */
    record PlacesDay(Places places, boolean[] there) {

        /** Adds the room beside others at each start. */
        void addRoom(DayPlan day, Occupancy occupancy, Instant now, int units, int[] room) {
            var candidate = places.candidate();
            var busy = occupancy.of(candidate.places()).inForce(now);
            if (there.length == 0) {
                busy.addRoom(day.starts, day.before, day.after, candidate.capacity(), units, room);
                return;
            }
            var own = new int[room.length];
            busy.addRoom(day.starts, day.before, day.after, candidate.capacity(), units, own);
            for (int s = 0; s < own.length; s++) {
                if (there[s]) {
                    room[s] += own[s];
                }
            }
        }
    }

    /** The index of the first start at this second or after. */
    int firstAtOrAfter(long second) {
        int found = Arrays.binarySearch(starts, second);
        return found >= 0 ? found : -1 - found;
    }

    /** For each start how many more visits fit: as many as the scarcest type allows. */
    int[] visitsLeft(Occupancy occupancy, Instant now) {
        int[] least = new int[0];
        for (var poolsOfType : pools) {
            var left = new int[starts.length];
            for (var pool : poolsOfType) {
                addVisits(pool, occupancy, now, left);
            }
            if (least.length == 0) {
                least = left;
            } else {
                for (int s = 0; s < left.length; s++) {
                    least[s] = Math.min(least[s], left[s]);
                }
            }
        }
        return least;
    }

    private void addVisits(PoolDay day, Occupancy occupancy, Instant now, int[] left) {
        if (!day.pool.takesSideBySide()) {
            for (var places : day.places) {
                places.addRoom(this, occupancy, now, day.pool.units(), left);
            }
            return;
        }
        var free = free(day, occupancy, now);
        for (int s = 0; s < left.length; s++) {
            left[s] += day.pool.visits(free[s]);
        }
    }

    /** For each start, then for each of the pool's places: how many of them are free. */
    private int[][] free(PoolDay day, Occupancy occupancy, Instant now) {
        var free = new int[starts.length][day.places.size()];
        for (int p = 0; p < day.places.size(); p++) {
            var room = new int[starts.length];
            day.places.get(p).addRoom(this, occupancy, now, 1, room);
            for (int s = 0; s < room.length; s++) {
                free[s][p] = room[s];
            }
        }
        return free;
    }

    /** For each start the named resources that a visit may ask for. */
    List<List<ResourceId>> choices(Occupancy occupancy, Instant now) {
        var choices = new ArrayList<List<ResourceId>>(starts.length);
        for (int s = 0; s < starts.length; s++) {
            choices.add(new ArrayList<>());
        }
        for (var poolsOfType : pools) {
            for (var day : poolsOfType) {
                if (!day.pool.isVirtual()) {
                    addChoices(day, free(day, occupancy, now), choices);
                }
            }
        }
        return choices;
    }

    private static void addChoices(PoolDay day, int[][] free, List<List<ResourceId>> choices) {
        for (int p = 0; p < day.places.size(); p++) {
            var resource = day.places.get(p).places().candidate().resource();
            for (int s = 0; s < free.length; s++) {
                if (resource != null && day.pool.mayChoose(p, free[s])) {
                    choices.get(s).add(resource);
                }
            }
        }
    }
}
