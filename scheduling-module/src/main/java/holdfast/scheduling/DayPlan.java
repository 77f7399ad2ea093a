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
 * @param starts those that the rules allow
 * @param before seconds of buffer before a start
 * @param after seconds from a start to the end of the buffer after
 * @param pools per resource type, then per pool
 */
record DayPlan(Starts starts, long before, long after, List<List<PoolDay>> pools) {

    /** A pool on this date, with one {@link PlacesDay} per places. */
    record PoolDay(Pool pool, List<PlacesDay> places) {}

    /**
     * @param capacities for each start how many places there are; empty: as many as usual at every
     *     start
     * @param levels each positive one of these numbers once
     */
    record PlacesDay(Places places, int[] capacities, int[] levels) {

        static PlacesDay of(Places places, int[] capacities) {
            int usual = places.candidate().capacity();
            return Arrays.stream(capacities).allMatch(each -> each == usual)
                    ? new PlacesDay(places, new int[0], new int[0])
                    : new PlacesDay(
                            places,
                            capacities,
                            Arrays.stream(capacities)
                                    .filter(each -> each > 0)
                                    .distinct()
                                    .toArray());
        }
    }

    /** For each start how many more visits fit: as many as the scarcest type allows. */
    int[] visitsLeft(Occupancy occupancy, Instant now) {
        int[] scarcest = new int[starts.size()];
        Arrays.fill(scarcest, Integer.MAX_VALUE);
        for (var poolsOfType : pools) {
            var room = new Room(starts.size());
            for (var pool : poolsOfType) {
                addVisits(pool, occupancy, now, room);
            }
            var left = room.visits();
            for (int s = 0; s < left.length; s++) {
                scarcest[s] = Math.min(scarcest[s], left[s]);
            }
        }
        return scarcest;
    }

    /** Where anything that is busy may matter; empty if there are no starts. */
    Span reads() {
        return starts.size() == 0
                ? new Span(0, 0)
                : new Span(starts.at(0) - before, starts.last() + after);
    }

    private void addVisits(PoolDay day, Occupancy occupancy, Instant now, Room room) {
        if (day.pool.takesSideBySide()) {
            var free = free(day, occupancy, now);
            for (int s = 0; s < starts.size(); s++) {
                room.add(s, day.pool.visits(at(s, free)));
            }
            return;
        }
        for (var places : day.places) {
            addRoom(places, occupancy, now, day.pool.units(), room);
        }
    }

    private void addRoom(PlacesDay day, Occupancy occupancy, Instant now, int units, Room room) {
        if (starts.size() == 0) {
            return;
        }
        var candidate = day.places.candidate();
        var busy = occupancy.of(candidate.places()).stairs(reads(), now);
        if (day.capacities.length == 0) {
            busy.addRoom(starts, before, after, candidate.capacity(), units, room);
            return;
        }
        for (int level : day.levels) {
            var whenever = new Room(starts.size());
            busy.addRoom(starts, before, after, level, units, whenever);
            var visits = whenever.visits();
            for (int s = 0; s < visits.length; s++) {
                if (day.capacities[s] == level) {
                    room.add(s, visits[s]);
                }
            }
        }
    }

    /** For each of the pool's places, then for each start: how many of them are free. */
    private List<int[]> free(PoolDay day, Occupancy occupancy, Instant now) {
        return day.places.stream()
                .map(
                        places -> {
                            var room = new Room(starts.size());
                            addRoom(places, occupancy, now, 1, room);
                            return room.visits();
                        })
                .toList();
    }

    private static int[] at(int start, List<int[]> free) {
        return free.stream().mapToInt(ofPlaces -> ofPlaces[start]).toArray();
    }

    /**
     * A resource that a customer may ask for.
     *
     * @param at positive at each start at which they may
     */
    private record Choice(ResourceId resource, int[] at) {}

    /** For each start the named resources that a visit may ask for. */
    List<List<ResourceId>> choices(Occupancy occupancy, Instant now) {
        var choices = new ArrayList<Choice>();
        for (var poolsOfType : pools) {
            for (var day : poolsOfType) {
                addChoices(day, occupancy, now, choices);
            }
        }
        var named = new ResourceId[choices.size()];
        var ofStarts = new ArrayList<List<ResourceId>>(starts.size());
        for (int s = 0; s < starts.size(); s++) {
            int found = 0;
            for (var choice : choices) {
                if (choice.at[s] > 0) {
                    named[found++] = choice.resource;
                }
            }
            ofStarts.add(List.of(Arrays.copyOf(named, found)));
        }
        return ofStarts;
    }

    private void addChoices(PoolDay day, Occupancy occupancy, Instant now, List<Choice> choices) {
        var free = free(day, occupancy, now);
        for (int p = 0; p < free.size(); p++) {
            var resource = day.places.get(p).places().candidate().resource();
            if (resource == null) {
                continue;
            }
            var at = free.get(p);
            if (day.pool.takesSideBySide()) {
                at = at.clone();
                for (int s = 0; s < at.length; s++) {
                    at[s] = day.pool.mayChoose(p, at(s, free)) ? 1 : 0;
                }
            }
            choices.add(new Choice(resource, at));
        }
    }
}
