package holdfast.scheduling;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * The part of some {@link BusyTimes} that lies in one day of UTC: immutable. A claim that lasts
 * over midnight is in both days, whole; the stairs end with the day.
 */
final class BusyDay {

    private static final long SECONDS = 86_400;

    private static final Comparator<Busy> BY_BEGIN =
            Comparator.comparing(Busy::busyFrom).thenComparing(busy -> busy.holder().value());

    private final long number;

    /** In the order of {@link #BY_BEGIN}; at least one. */
    private final Busy[] claims;

    /** Counts every hold; once the first has lapsed, {@link #stairs(Instant)} leaves it out. */
    private final Stairs stairs;

    private final Instant firstLapse;

    private BusyDay(long number, Busy[] claims, Stairs stairs) {
        this.number = number;
        this.claims = claims;
        this.stairs = stairs;
        firstLapse = nextLapse(claims, Instant.MIN);
    }

    /** The number of the day that this second is in. */
    static long of(long second) {
        return Math.floorDiv(second, SECONDS);
    }

    /**
     * @param claims at least one, each with seconds in the day, no two of one holder
     */
    static BusyDay of(long number, List<Busy> claims) {
        var sorted = claims.toArray(new Busy[0]);
        Arrays.sort(sorted, BY_BEGIN);
        return new BusyDay(number, sorted, stairs(number, sorted));
    }

    private static Stairs stairs(long number, Busy[] sorted) {
        var stairs = new Stairs.Builder(2 * sorted.length);
        var running = new PriorityQueue<Busy>(Comparator.comparing(Busy::busyTo));
        int units = 0;
        for (var claim : sorted) {
            var stretch = cut(number, claim);
            while (!running.isEmpty() && cut(number, running.element()).to() <= stretch.from()) {
                var ended = running.remove();
                units -= ended.units();
                stairs.step(cut(number, ended).to(), units);
            }
            units += claim.units();
            stairs.step(stretch.from(), units);
            running.add(claim);
        }
        while (!running.isEmpty()) {
            var ended = running.remove();
            units -= ended.units();
            stairs.step(cut(number, ended).to(), units);
        }
        return stairs.built();
    }

    private static Span cut(long number, Busy claim) {
        var stretch = claim.stretch();
        return new Span(
                Math.max(stretch.from(), number * SECONDS),
                Math.min(stretch.to(), (number + 1) * SECONDS));
    }

    long number() {
        return number;
    }

    int size() {
        return claims.length;
    }

    /** The same and this, whose holder has nothing here yet. */
    BusyDay with(Busy claim) {
        int at = -1 - Arrays.binarySearch(claims, claim, BY_BEGIN);
        var more = new Busy[claims.length + 1];
        System.arraycopy(claims, 0, more, 0, at);
        more[at] = claim;
        System.arraycopy(claims, at, more, at + 1, claims.length - at);
        return new BusyDay(number, more, stairs.raised(cut(number, claim), claim.units()));
    }

    /** The same without this one; null if nothing is left. */
    @Nullable BusyDay without(Busy claim) {
        int at = Arrays.binarySearch(claims, claim, BY_BEGIN);
        if (at < 0) {
            return this;
        }
        if (claims.length == 1) {
            return null;
        }
        var fewer = new Busy[claims.length - 1];
        System.arraycopy(claims, 0, fewer, 0, at);
        System.arraycopy(claims, at + 1, fewer, at, fewer.length - at);
        var gone = claims[at];
        return new BusyDay(number, fewer, stairs.raised(cut(number, gone), -gone.units()));
    }

    /** What is taken by what has not lapsed by now. */
    Stairs stairs(Instant now) {
        return now.isBefore(firstLapse) ? stairs : stairs(number, claims(now).toArray(Busy[]::new));
    }

    /** Those that have not lapsed by now, by begin. */
    Stream<Busy> claims(Instant now) {
        return Arrays.stream(claims).filter(claim -> claim.isInForce(now));
    }

    /** When the next of its holds lapses; {@link Instant#MAX} if none will. */
    Instant nextLapse(Instant now) {
        return now.isBefore(firstLapse) ? firstLapse : nextLapse(claims, now);
    }

    private static Instant nextLapse(Busy[] claims, Instant now) {
        var next = Instant.MAX;
        for (var claim : claims) {
            var lapse = claim.holdUntil();
            if (lapse != null && lapse.isAfter(now) && lapse.isBefore(next)) {
                next = lapse;
            }
        }
        return next;
    }
}
