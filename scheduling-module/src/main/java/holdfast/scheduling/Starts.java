package holdfast.scheduling;

/**
 * The starts of one date in ascending order, as seconds of the epoch, with an index by the minute:
 * windows begin on whole minutes and intervals are minutes, so starts lie whole minutes apart.
 */
final class Starts {

    private static final int MINUTE = 60;

    private final long[] seconds;

    /** For each minute after the first start: how many starts lie before it. */
    private final short[] before;

    Starts(long[] ascending) {
        seconds = ascending;
        before = new short[ascending.length == 0 ? 0 : (int) minutesUntil(last()) + 1];
        int start = 0;
        for (int minute = 0; minute < before.length; minute++) {
            if (minutesUntil(seconds[start]) < minute) {
                start++;
            }
            before[minute] = (short) start;
        }
    }

    int size() {
        return seconds.length;
    }

    long at(int index) {
        return seconds[index];
    }

    long last() {
        return seconds[seconds.length - 1];
    }

    /** The index of the first start at this second or after; {@link #size()} if there is none. */
    int firstFrom(long second) {
        if (seconds.length == 0 || second > last()) {
            return seconds.length;
        }
        return second <= seconds[0] ? 0 : before[(int) minutesUntil(second)];
    }

    /** Whole minutes from the first start on, the last one begun counted. */
    private long minutesUntil(long second) {
        return (second - seconds[0] + MINUTE - 1) / MINUTE;
    }
}
