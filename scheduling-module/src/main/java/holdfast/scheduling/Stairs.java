package holdfast.scheduling;

import java.util.Arrays;

/**
 * How many places are taken from when on: immutable, and what a list of slots walks along.
 *
 * @param edges where the number changes, ascending, in seconds of the epoch
 * @param taken how many are taken from this edge until the next; the last is 0
 */
record Stairs(long[] edges, int[] taken) {

    static final Stairs NONE = new Stairs(new long[0], new int[0]);

    /** The most places that are taken at once in this stretch. */
    int peak(Span stretch) {
        int peak = 0;
        for (int i = stepAt(stretch.from()); i < edges.length && edges[i] < stretch.to(); i++) {
            peak = Math.max(peak, taken[i]);
        }
        return peak;
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

    /** The same, raised by so many units in this stretch. */
    Stairs raised(Span stretch, int units) {
        var raised = new Builder(edges.length + 2);
        int before = 0;
        int i = 0;
        for (; i < edges.length && edges[i] < stretch.from(); i++) {
            before = taken[i];
            raised.step(edges[i], before);
        }
        raised.step(stretch.from(), before + units);
        for (; i < edges.length && edges[i] < stretch.to(); i++) {
            before = taken[i];
            raised.step(edges[i], before + units);
        }
        raised.step(stretch.to(), before);
        for (; i < edges.length; i++) {
            raised.step(edges[i], taken[i]);
        }
        return raised.built();
    }

    /** Grows by steps in ascending order. */
    static final class Builder {

        private final long[] edges;
        private final int[] taken;
        private int size;

        Builder(int most) {
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

        /** All steps of stairs that begin where these end, or later. */
        void append(Stairs stairs) {
            for (int i = 0; i < stairs.edges.length; i++) {
                step(stairs.edges[i], stairs.taken[i]);
            }
        }

        Stairs built() {
            return size == 0
                    ? NONE
                    : new Stairs(Arrays.copyOf(edges, size), Arrays.copyOf(taken, size));
        }
    }
}
