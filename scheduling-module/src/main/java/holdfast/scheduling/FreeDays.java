package holdfast.scheduling;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/**
 * The free slots of some dates, made into something date by date, together with all that it takes
 * to see later whether they are still what {@link SlotEngine#freeSlots} would say: which busy times
 * were read, and when the clock next changes the list. Immutable, safe to share between threads.
 *
 * @param <T> what is made of the slots of one date; depends on them alone
 */
public final class FreeDays<T> {

    /**
     * @param until true before this instant, if nothing is booked or given back
     */
    private record Day<T>(LocalDate date, T made, Span reads, Instant until) {}

    private final VisitRules rules;
    private final @Nullable LocalDate from;
    private final @Nullable LocalDate to;
    private final Function<List<FreeSlot>, T> make;
    private final Instant since;
    private final Instant until;

    /** What was read, in the order of the places of the rules. */
    private final BusyTimes[] seen;

    private final List<Day<T>> days;

    private FreeDays(
            VisitRules rules,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Function<List<FreeSlot>, T> make,
            Instant now,
            BusyTimes[] seen,
            List<Day<T>> days) {
        this.rules = rules;
        this.from = from;
        this.to = to;
        this.make = make;
        this.since = now;
        this.seen = seen;
        this.days = days;
        var until = rules.bookableDatesUntil(now);
        for (var day : days) {
            until = day.until.isBefore(until) ? day.until : until;
        }
        this.until = until;
    }

    /**
     * @param from local date of the branch, inclusive; null: the first bookable one
     * @param to local date of the branch, inclusive; null: the last bookable one
     * @param make called once for each date, with an empty list if nothing is free
     */
    public static <T> FreeDays<T> of(
            VisitRules rules,
            Occupancy occupancy,
            Instant now,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Function<List<FreeSlot>, T> make) {
        return read(rules, occupancy, now, from, to, make, null);
    }

    /** What was made of each bookable date, the earliest first. */
    public List<T> made() {
        return days.stream().map(Day::made).toList();
    }

    /** Whether all of it would come out the same now; costs one comparison for each place. */
    public boolean isTrue(Occupancy occupancy, Instant now) {
        if (now.isBefore(since) || !now.isBefore(until)) {
            return false;
        }
        var places = rules.places();
        for (int p = 0; p < seen.length; p++) {
            if (seen[p] != occupancy.of(places.get(p))) {
                return false;
            }
        }
        return true;
    }

    /** The same as of now: only dates on which something happened are computed anew. */
    public FreeDays<T> readAgain(Occupancy occupancy, Instant now) {
        return read(rules, occupancy, now, from, to, make, now.isBefore(since) ? null : this);
    }

    private static <T> FreeDays<T> read(
            VisitRules rules,
            Occupancy occupancy,
            Instant now,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            Function<List<FreeSlot>, T> make,
            @Nullable FreeDays<T> before) {
        // one picture for all dates: what is booked meanwhile is for the next time
        var picture = new HashMap<PlacesId, BusyTimes>();
        rules.places().forEach(places -> picture.put(places, occupancy.of(places)));
        var seen = rules.places().stream().map(picture::get).toArray(BusyTimes[]::new);
        var first = rules.bookableFrom(now);
        var last = rules.bookableTo(now);
        first = from == null ? first : SlotEngine.later(from, first);
        last = to == null ? last : SlotEngine.earlier(to, last);
        var changed = before == null ? List.<Change>of() : before.changes(seen);
        var days = new ArrayList<Day<T>>();
        for (var date = first; !date.isAfter(last); date = date.plusDays(1)) {
            var known = before == null ? null : before.on(date);
            days.add(
                    known != null && now.isBefore(known.until) && isSame(changed, known.reads)
                            ? known
                            : read(
                                    rules,
                                    date,
                                    places -> picture.getOrDefault(places, BusyTimes.NONE),
                                    now,
                                    make));
        }
        return new FreeDays<>(rules, from, to, make, now, seen, days);
    }

    private static <T> Day<T> read(
            VisitRules rules,
            LocalDate date,
            Occupancy occupancy,
            Instant now,
            Function<List<FreeSlot>, T> make) {
        var day = rules.day(date);
        var slots = new ArrayList<FreeSlot>();
        SlotEngine.addFreeSlots(rules, day, occupancy, now, slots);
        var until = Instant.MAX;
        if (!slots.isEmpty()) {
            // a start may be exactly as near as the notice, so it leaves the list just after that
            var notice = Duration.between(now, rules.earliest(now));
            until = slots.getFirst().start().minus(notice).plusNanos(1);
        }
        for (var places : rules.places()) {
            var lapse = occupancy.of(places).nextLapse(day.reads(), now);
            until = lapse.isBefore(until) ? lapse : until;
        }
        return new Day<>(date, make.apply(slots), day.reads(), until);
    }

    private record Change(BusyTimes before, BusyTimes after) {}

    private List<Change> changes(BusyTimes[] now) {
        var changes = new ArrayList<Change>();
        for (int p = 0; p < seen.length; p++) {
            if (seen[p] != now[p]) {
                changes.add(new Change(seen[p], now[p]));
            }
        }
        return changes;
    }

    private static boolean isSame(List<Change> changes, Span stretch) {
        for (var change : changes) {
            if (!change.after.isSame(change.before, stretch)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Day<T> on(LocalDate date) {
        if (days.isEmpty()) {
            return null;
        }
        long index = date.toEpochDay() - days.getFirst().date.toEpochDay();
        return index < 0 || index >= days.size() ? null : days.get((int) index);
    }
}
