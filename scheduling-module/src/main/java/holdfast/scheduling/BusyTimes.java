package holdfast.scheduling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * The busy times of one {@link PlacesId}: immutable, sorted, safe to share between threads.
 *
 * <p>Kept twice: as the claims themselves, and as a staircase of how many places are taken, which
 * is what a list of slots walks along. The staircase counts every hold; once the first has lapsed,
 * {@link #inForce} leaves it out.
 */
public final class BusyTimes {

    public static final BusyTimes NONE =
            new BusyTimes(new Busy[0], new long[0], new int[0], Instant.MAX, 0);

    private static final Comparator<Busy> BY_BEGIN =
            Comparator.comparing(Busy::busyFrom).thenComparing(busy -> busy.holder().value());

    /** In the order of {@link #BY_BEGIN}. */
    private final Busy[] claims;

    /** Where the number of places taken changes, ascending, in seconds of the epoch. */
    private final long[] edges;

    /** How many are taken from this edge until the next; the last is 0. */
    private final int[] taken;

    private final Instant firstLapse;

    /** No claim is longer, in seconds; so one that reaches a second cannot begin long before it. */
    private final long longest;

    private BusyTimes(Busy[] claims, long[] edges, int[] taken, Instant firstLapse, long longest) {
        this.claims = claims;
        this.edges = edges;
        this.taken = taken;
        this.firstLapse = firstLapse;
        this.longest = longest;
    }

    /** Of two claims of one holder the later in the collection counts. */
    public static BusyTimes of(Collection<Busy> busy) {
        if (busy.isEmpty()) {
            return NONE;
        }
        var byHolder = new LinkedHashMap<ReservationId, Busy>();
        busy.forEach(claim -> byHolder.put(claim.holder(), claim));
        var claims = byHolder.values().toArray(new Busy[0]);
        Arrays.sort(claims, BY_BEGIN);
        var ends = claims.clone();
        Arrays.sort(ends, Comparator.comparing(Busy::busyTo));

        var staircase = new Staircase(2 * claims.length);
        int units = 0;
        int ended = 0;
        for (var claim : claims) {
            for (; to(ends[ended]) <= from(claim); ended++) {
                units -= ends[ended].units();
                staircase.step(to(ends[ended]), units);
            }
            units += claim.units();
            staircase.step(from(claim), units);
        }
        for (; ended < ends.length; ended++) {
            units -= ends[ended].units();
            staircase.step(to(ends[ended]), units);
        }
        return staircase.with(claims);
    }

    /** The same and this; it takes the place of what its holder had here before. */
    public BusyTimes with(Busy busy) {
        var others = without(busy.holder());
        int at = -1 - Arrays.binarySearch(others.claims, busy, BY_BEGIN);
        var more = new Busy[others.claims.length + 1];
        System.arraycopy(others.claims, 0, more, 0, at);
        more[at] = busy;
        System.arraycopy(others.claims, at, more, at + 1, others.claims.length - at);
        return others.staircase(busy, busy.units()).with(more);
    }

    /** The same without what this reservation has here, if anything. */
    public BusyTimes without(ReservationId holder) {
        for (int i = 0; i < claims.length; i++) {
            if (claims[i].holder().equals(holder)) {
                var fewer = new Busy[claims.length - 1];
                System.arraycopy(claims, 0, fewer, 0, i);
                System.arraycopy(claims, i + 1, fewer, i, fewer.length - i);
                return fewer.length == 0
                        ? NONE
                        : staircase(claims[i], -claims[i].units()).with(fewer);
            }
        }
        return this;
    }

    /** The same without the holds that have lapsed by now. */
    BusyTimes inForce(Instant now) {
        if (now.isBefore(firstLapse)) {
            return this;
        }
        return of(stream().filter(claim -> claim.isInForce(now)).toList());
    }

    /** The most places that are taken at once in this stretch. */
    int peak(Span stretch) {
        int peak = 0;
        for (int i = stepAt(stretch.from()); i < edges.length && edges[i] < stretch.to(); i++) {
            peak = Math.max(peak, taken[i]);
        }
        return peak;
    }

    /** The seconds of appointments, without buffers, in this stretch. */
    long booked(Span stretch) {
        long booked = 0;
        for (var claim : meeting(stretch)) {
            long from = Math.max(stretch.from(), claim.start().getEpochSecond());
            long to = Math.min(stretch.to(), Span.ceiling(claim.end()));
            booked += Math.max(0, to - from);
        }
        return booked;
    }

    /** The claims that keep a place busy somewhere in this stretch. */
    List<Busy> meeting(Span stretch) {
        var meeting = new ArrayList<Busy>();
        int low = 0;
        int high = claims.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (from(claims[middle]) <= stretch.from() - longest) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low; i < claims.length && from(claims[i]) < stretch.to(); i++) {
            if (to(claims[i]) > stretch.from()) {
                meeting.add(claims[i]);
            }
        }
        return meeting;
    }

    /**
     * Adds how often {@code units} places are free for the whole of {@code [start - before, start +
     * after)}. This is where a list of slots spends its time.
     */
    void addRoom(Starts starts, long before, long after, int capacity, int units, Room room) {
        if (starts.size() == 0 || capacity < units) {
            return;
        }
        if (capacity == 1) {
            addRoomOfOne(starts, before, after, room);
            return;
        }
        int step = stepAt(starts.at(0) - before);
        for (int s = 0; s < starts.size(); s++) {
            long from = starts.at(s) - before;
            long to = starts.at(s) + after;
            while (step + 1 < edges.length && edges[step + 1] <= from) {
                step++;
            }
            int peak = 0;
            for (int i = step; i < edges.length && edges[i] < to; i++) {
                peak = Math.max(peak, taken[i]);
            }
            if (peak < capacity) {
                room.add(s, (capacity - peak) / units);
            }
        }
    }

    /** The same for a single place: free are the runs of starts between its busy stretches. */
    private void addRoomOfOne(Starts starts, long before, long after, Room room) {
        long lastEnd = starts.last() + after;
        int free = 0;
        for (int i = stepAt(starts.at(0) - before); i < edges.length && edges[i] < lastEnd; i++) {
            if (taken[i] == 0) {
                continue;
            }
            // a start that ends where this begins is free, as is one that begins where this ends;
            // the last step takes none, so there is a next one
            int meets = starts.firstFrom(edges[i] - after + 1);
            int freeAgain = starts.firstFrom(edges[i + 1] + before);
            if (meets > free) {
                room.addOneEach(free, meets);
            }
            free = freeAgain;
        }
        room.addOneEach(free, starts.size());
    }

    /** The last step that begins at this second or before; the first one if there is none. */
    private int stepAt(long second) {
        int low = 0;
        int high = edges.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (edges[middle] <= second) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }

    private Stream<Busy> stream() {
        return Arrays.stream(claims);
    }

    private static long from(Busy claim) {
        return claim.busyFrom().getEpochSecond();
    }

    private static long to(Busy claim) {
        return Span.ceiling(claim.busyTo());
    }

    /** This staircase, raised by so many units while the claim lasts. */
    private Staircase staircase(Busy claim, int units) {
        long from = from(claim);
        long to = to(claim);
        var raised = new Staircase(edges.length + 2);
        int before = 0;
        int i = 0;
        for (; i < edges.length && edges[i] < from; i++) {
            before = taken[i];
            raised.step(edges[i], before);
        }
        raised.step(from, before + units);
        for (; i < edges.length && edges[i] < to; i++) {
            before = taken[i];
            raised.step(edges[i], before + units);
        }
        raised.step(to, before);
        for (; i < edges.length; i++) {
            raised.step(edges[i], taken[i]);
        }
        return raised;
    }

    /** Grows by steps in ascending order. */
    private static final class Staircase {

        private final long[] edges;
        private final int[] taken;
        private int size;

        Staircase(int most) {
            edges = new long[most];
            taken = new int[most];
        }

        /**
         * From here on so many are taken: replaces a step at the same second, skips a level one.
         */
        void step(long edge, int units) {
            if (size > 0 && edges[size - 1] == edge) {
                size--;
            }
            if (units != (size == 0 ? 0 : taken[size - 1])) {
                edges[size] = edge;
                taken[size] = units;
                size++;
            }
        }

        BusyTimes with(Busy[] claims) {
            var firstLapse = Instant.MAX;
            long longest = 0;
            for (var claim : claims) {
                var holdUntil = claim.holdUntil();
                if (holdUntil != null && holdUntil.isBefore(firstLapse)) {
                    firstLapse = holdUntil;
                }
                longest = Math.max(longest, to(claim) - from(claim));
            }
            return new BusyTimes(
                    claims,
                    Arrays.copyOf(edges, size),
                    Arrays.copyOf(taken, size),
                    firstLapse,
                    longest);
        }
    }
}
