package holdfast.limits;

import java.util.concurrent.TimeUnit;

/** Tokens that are taken one by one and come back at a steady pace, up to a number. */
public final class Bucket {

    private static final double NANOS_OF_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private final double most;
    private double left;
    private long countedAt;

    /**
     * A full one.
     *
     * @param now by the clock of {@link System#nanoTime}, as everywhere here
     */
    public Bucket(int perSecond, int most, long now) {
        this.perSecond = perSecond;
        this.most = most;
        this.left = most;
        this.countedAt = now;
    }

    /**
     * What came of asking for a token.
     *
     * @param left how many there are now; 0 if none was given
     * @param secondsToNext until there is one; 0 if there is
     * @param secondsToFull until all are back
     */
    public record Taken(boolean given, long left, long secondsToNext, long secondsToFull) {}

    public synchronized Taken take(long now) {
        left = Math.min(most, left + (now - countedAt) * perSecond / NANOS_OF_A_SECOND);
        countedAt = now;
        boolean given = left >= 1;
        if (given) {
            left--;
        }
        return new Taken(given, (long) left, seconds(1 - left), seconds(most - left));
    }

    private long seconds(double missing) {
        return missing <= 0 ? 0 : (long) Math.ceil(missing / perSecond);
    }
}
