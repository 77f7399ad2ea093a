package holdfast.scheduling;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The busy times of one {@link PlacesId}: immutable, sorted, safe to share between threads.
 *
 * <p>Kept by days of UTC. A change makes its own days anew and shares all others, so it costs as
 * much as the day is full, and what was computed from other days can be seen to be true still.
 */
public final class BusyTimes {

    public static final BusyTimes NONE = new BusyTimes(new BusyDay[0]);

    /** Ascending; only those on which something is busy. */
    private final BusyDay[] days;

    private BusyTimes(BusyDay[] days) {
        this.days = days;
    }

    /** Of two claims of one holder the later in the collection counts. */
    public static BusyTimes of(Collection<Busy> busy) {
        var byHolder = new LinkedHashMap<ReservationId, Busy>();
        busy.forEach(claim -> byHolder.put(claim.holder(), claim));
        var byDay = new TreeMap<Long, List<Busy>>();
        for (var claim : byHolder.values()) {
            for (long day = first(claim.stretch()); day <= last(claim.stretch()); day++) {
                byDay.computeIfAbsent(day, _ -> new ArrayList<>()).add(claim);
            }
        }
        return byDay.isEmpty()
                ? NONE
                : new BusyTimes(
                        byDay.entrySet().stream()
                                .map(day -> BusyDay.of(day.getKey(), day.getValue()))
                                .toArray(BusyDay[]::new));
    }

    /** The same and this, whose holder has nothing here yet. */
    public BusyTimes with(Busy claim) {
        return changed(
                claim,
                day -> {
                    var known = on(day);
                    return known == null ? BusyDay.of(day, List.of(claim)) : known.with(claim);
                });
    }

    /** The same without this one, if it is here. */
    public BusyTimes without(Busy claim) {
        return changed(
                claim,
                day -> {
                    var known = on(day);
                    return known == null ? null : known.without(claim);
                });
    }

    private interface Change {
        @Nullable BusyDay of(long day);
    }

    private BusyTimes changed(Busy claim, Change change) {
        long first = first(claim.stretch());
        long last = last(claim.stretch());
        int before = at(first);
        int after = at(last + 1);
        var changed = new BusyDay[before + (int) (last - first + 1) + days.length - after];
        System.arraycopy(days, 0, changed, 0, before);
        int size = before;
        for (long day = first; day <= last; day++) {
            var made = change.of(day);
            if (made != null) {
                changed[size++] = made;
            }
        }
        System.arraycopy(days, after, changed, size, days.length - after);
        size += days.length - after;
        return size == 0 ? NONE : new BusyTimes(Arrays.copyOf(changed, size));
    }

    /** Whether both are the same in this stretch; true is certain, false is not. */
    boolean isSame(BusyTimes other, Span stretch) {
        int i = at(first(stretch));
        int j = other.at(first(stretch));
        for (long end = last(stretch); ; i++, j++) {
            var mine = i < days.length && days[i].number() <= end ? days[i] : null;
            var others =
                    j < other.days.length && other.days[j].number() <= end ? other.days[j] : null;
            if (mine != others) {
                return false;
            }
            if (mine == null) {
                return true;
            }
        }
    }

    /** What is taken in this stretch by what has not lapsed by now, and perhaps around it. */
    Stairs stairs(Span stretch, Instant now) {
        int from = at(first(stretch));
        int to = at(last(stretch) + 1);
        if (to - from == 0) {
            return Stairs.NONE;
        }
        if (to - from == 1) {
            return days[from].stairs(now);
        }
        var stairs =
                new Stairs.Builder(2 * Arrays.stream(days, from, to).mapToInt(BusyDay::size).sum());
        for (int i = from; i < to; i++) {
            stairs.append(days[i].stairs(now));
        }
        return stairs.built();
    }

    /**
     * The seconds of appointments, without buffers, in this stretch; what lapsed does not count.
     */
    long booked(Span stretch, Instant now) {
        return meeting(stretch, now)
                .mapToLong(
                        claim -> {
                            long from = Math.max(stretch.from(), claim.start().getEpochSecond());
                            long to = Math.min(stretch.to(), Span.ceiling(claim.end()));
                            return Math.max(0, to - from);
                        })
                .sum();
    }

    /** The claims that keep a place busy somewhere in this stretch and have not lapsed by now. */
    Stream<Busy> meeting(Span stretch, Instant now) {
        long begin = first(stretch);
        return Arrays.stream(days, at(begin), at(last(stretch) + 1))
                .flatMap(
                        day ->
                                day.claims(now)
                                        // one that lasts over midnight is in several days
                                        .filter(
                                                claim ->
                                                        day.number()
                                                                == Math.max(
                                                                        begin,
                                                                        first(claim.stretch()))))
                .filter(claim -> claim.stretch().meets(stretch));
    }

    /** When the next hold in this stretch lapses; {@link Instant#MAX} if none will. */
    Instant nextLapse(Span stretch, Instant now) {
        var next = Instant.MAX;
        for (int i = at(first(stretch));
                i < days.length && days[i].number() <= last(stretch);
                i++) {
            var lapse = days[i].nextLapse(now);
            next = lapse.isBefore(next) ? lapse : next;
        }
        return next;
    }

    private static long first(Span stretch) {
        return BusyDay.of(stretch.from());
    }

    private static long last(Span stretch) {
        return BusyDay.of(stretch.to() - 1);
    }

    private @Nullable BusyDay on(long day) {
        int at = at(day);
        return at < days.length && days[at].number() == day ? days[at] : null;
    }

    /** The index of the first day of this number or a later one. */
    private int at(long day) {
        int low = 0;
        int high = days.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (days[middle].number() < day) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
