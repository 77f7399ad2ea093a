package holdfast.scheduling;

import holdfast.catalogue.ResourceId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Answers what can be booked. Every entry point asks here, so that what is offered can be reserved
 * and what is reserved was offered: {@link #freeSlots} has a start exactly if {@link #obstacles}
 * has none for it and {@link #allocate} finds places.
 */
public final class SlotEngine {

    /** Beyond these years nothing is computed: dates there may not even have a local form. */
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-30T00:00:00Z");

    private SlotEngine() {}

    /**
     * The free starts of these dates, soonest first, each once.
     *
     * @param from local date of the branch, inclusive; earlier than bookable is cut off
     * @param to local date of the branch, inclusive; later than bookable is cut off
     */
    public static List<FreeSlot> freeSlots(
            VisitRules rules, Occupancy occupancy, Instant now, LocalDate from, LocalDate to) {
        var date = later(from, rules.bookableFrom(now));
        var last = earlier(to, rules.bookableTo(now));
        var slots = new ArrayList<FreeSlot>();
        for (; !date.isAfter(last); date = date.plusDays(1)) {
            addFreeSlots(rules, rules.day(date), occupancy, now, slots);
        }
        return slots;
    }

    /** Adds those of one date, whether or not it is beyond the horizon. */
    static void addFreeSlots(
            VisitRules rules, DayPlan day, Occupancy occupancy, Instant now, List<FreeSlot> slots) {
        long earliest = Span.ceiling(rules.earliest(now));
        long length = rules.length().toSeconds();
        var left = day.visitsLeft(occupancy, now);
        List<List<ResourceId>> choices =
                rules.customerMayChoose() ? day.choices(occupancy, now) : List.of();
        for (int s = day.starts().firstFrom(earliest); s < left.length; s++) {
            if (left[s] > 0) {
                slots.add(
                        new FreeSlot(
                                Instant.ofEpochSecond(day.starts().at(s)),
                                Instant.ofEpochSecond(day.starts().at(s) + length),
                                left[s],
                                choices.isEmpty() ? List.of() : choices.get(s)));
            }
        }
    }

    /** Every reason but capacity why this visit is not offered; empty: the rules allow it. */
    public static List<Obstacle> obstacles(
            VisitRules rules, Instant start, Instant end, Instant now) {
        var obstacles = new ArrayList<Obstacle>();
        if (start.isBefore(rules.earliest(now))) {
            obstacles.add(new Obstacle.TooSoon(rules.earliest(now)));
        }
        if (start.isBefore(FIRST)) {
            return obstacles;
        }
        if (start.isAfter(LAST)) {
            return List.of(new Obstacle.BeyondHorizon(rules.bookableTo(now)));
        }
        var date = LocalDate.ofInstant(start, rules.zone());
        if (date.isAfter(rules.bookableTo(now))) {
            obstacles.add(new Obstacle.BeyondHorizon(rules.bookableTo(now)));
        }
        var expected = start.plus(rules.length());
        if (!end.equals(expected)) {
            obstacles.add(new Obstacle.WrongEnd(expected));
        }
        obstacles.addAll(rules.timetable().obstacles(date, start));
        for (var need : rules.needs()) {
            if (bestPool(rules, need, Occupancy.NONE, start, now) == null) {
                obstacles.addAll(absences(rules, need, date, start));
            }
        }
        return obstacles;
    }

    /** {@link #obstacles}, and {@link Obstacle.Taken} if others are in the way. */
    public static List<Obstacle> explain(
            VisitRules rules, Occupancy occupancy, Instant start, Instant end, Instant now) {
        var obstacles = new ArrayList<>(obstacles(rules, start, end, now));
        if (start.isBefore(FIRST) || start.isAfter(LAST)) {
            return obstacles;
        }
        var others = new LinkedHashSet<ReservationId>();
        for (var need : rules.needs()) {
            if (bestPool(rules, need, Occupancy.NONE, start, now) != null
                    && bestPool(rules, need, occupancy, start, now) == null) {
                others.addAll(holders(rules, need, occupancy, start, now));
            }
        }
        if (!others.isEmpty()) {
            obstacles.add(new Obstacle.Taken(List.copyOf(others)));
        }
        return obstacles;
    }

    /** Why a need is not met although nobody is there. */
    private static List<Obstacle> absences(
            VisitRules rules, Need need, LocalDate date, Instant start) {
        var visit = rules.visit(start);
        var absences = new ArrayList<Obstacle>();
        for (var pool : need.pools()) {
            pool.closures()
                    .meeting(visit)
                    .forEach(closure -> absences.add(new Obstacle.PoolClosed(pool.id(), closure)));
            for (var places : pool.places()) {
                absences.addAll(absences(places, visit, date));
                places.capacities().meeting(visit).stream()
                        .filter(period -> period.capacity() < pool.units())
                        .forEach(
                                period ->
                                        absences.add(new Obstacle.PoolReduced(pool.id(), period)));
            }
        }
        boolean neverFits =
                need.pools().stream().noneMatch(pool -> pool.visits(pool.capacities()) > 0);
        if (neverFits) {
            absences.add(new Obstacle.NoPlaces(need.type()));
        }
        return absences;
    }

    /** Why a named resource is not there. */
    private static List<Obstacle> absences(Places places, Span visit, LocalDate date) {
        var resource = places.candidate().resource();
        if (resource == null) {
            return List.of();
        }
        var absences = new ArrayList<Obstacle>();
        places.closures()
                .meeting(visit)
                .forEach(closure -> absences.add(new Obstacle.ResourceClosed(resource, closure)));
        if (!places.working().contain(visit, places.working().reaching(date))) {
            absences.add(new Obstacle.OutsideWorkingHours(resource));
        }
        return absences;
    }

    /**
     * What is said against a visit that has its places already: {@link #obstacles}, and whatever
     * speaks against just these places, such as that there are fewer of them than are taken.
     *
     * @param others what others have and keep
     */
    public static List<Obstacle> obstaclesToKeeping(
            VisitRules rules,
            List<Claim> claims,
            Occupancy others,
            Instant start,
            Instant end,
            Instant now) {
        var obstacles = new LinkedHashSet<>(obstacles(rules, start, end, now));
        if (!start.isBefore(FIRST) && !start.isAfter(LAST)) {
            for (var claim : claims) {
                obstacles.addAll(obstaclesToKeeping(rules, claim, others, start, now));
            }
        }
        return List.copyOf(obstacles);
    }

    private static List<Obstacle> obstaclesToKeeping(
            VisitRules rules, Claim claim, Occupancy others, Instant start, Instant now) {
        var date = LocalDate.ofInstant(start, rules.zone());
        var visit = rules.visit(start);
        for (var need : rules.needs()) {
            for (var pool : need.pools()) {
                for (var places : pool.places()) {
                    if (places.candidate().places().equals(claim.places())) {
                        var obstacles = new ArrayList<Obstacle>();
                        pool.closures()
                                .meeting(visit)
                                .forEach(c -> obstacles.add(new Obstacle.PoolClosed(pool.id(), c)));
                        obstacles.addAll(absences(places, visit, date));
                        obstacles.addAll(tooMany(rules, places, claim, others, start, now));
                        return obstacles;
                    }
                }
            }
        }
        return List.of(new Obstacle.NoLongerServing(claim.places()));
    }

    /** Whether there are more who have such places than there are places. */
    private static List<Obstacle> tooMany(
            VisitRules rules,
            Places places,
            Claim claim,
            Occupancy others,
            Instant start,
            Instant now) {
        var visit = rules.visit(start);
        var busy = rules.busy(start);
        var times = others.of(claim.places());
        int there = places.capacities().during(visit);
        if (times.stairs(busy, now).peak(busy) + claim.units() <= there) {
            return List.of();
        }
        var periods = places.capacities().meeting(visit);
        return periods.isEmpty()
                ? List.of(new Obstacle.Taken(times.meeting(busy, now).map(Busy::holder).toList()))
                : periods.stream()
                        .<Obstacle>map(period -> new Obstacle.PoolReduced(claim.pool(), period))
                        .toList();
    }

    private static Collection<ReservationId> holders(
            VisitRules rules, Need need, Occupancy occupancy, Instant start, Instant now) {
        return need.pools().stream()
                .flatMap(pool -> pool.places().stream())
                .map(places -> occupancy.of(places.candidate().places()))
                .flatMap(times -> times.meeting(rules.busy(start), now))
                .map(Busy::holder)
                .toList();
    }

    /**
     * Which places a visit with this start takes; empty if there are none. The choice depends on
     * the arguments alone, so it is the same on replay. It looks at places only: at their closures,
     * working hours and capacity, not at the other {@link #obstacles}.
     */
    public static Optional<Allocation> allocate(
            VisitRules rules, Occupancy occupancy, Instant start, Instant now) {
        var claims = new ArrayList<Claim>();
        for (var need : rules.needs()) {
            var best = bestPool(rules, need, occupancy, start, now);
            if (best == null) {
                return Optional.empty();
            }
            var day = rules.clock().day(LocalDate.ofInstant(start, rules.zone()));
            var booked =
                    best.pool.places().stream()
                            .map(places -> occupancy.of(places.candidate().places()))
                            .mapToLong(times -> times.booked(day, now))
                            .toArray();
            claims.addAll(best.pool.claims(best.there, best.free, booked));
        }
        return Optional.of(new Allocation(List.copyOf(claims)));
    }

    /**
     * @param there how many places there are of each of the pool's
     * @param free how many of them are free
     */
    private record FreePool(Pool pool, int[] there, int[] free, int freePlaces) {}

    /** Of the pools that the visit fits in, the one with the most free places; null: none. */
    private static @Nullable FreePool bestPool(
            VisitRules rules, Need need, Occupancy occupancy, Instant start, Instant now) {
        var date = LocalDate.ofInstant(start, rules.zone());
        var visit = rules.visit(start);
        var busy = rules.busy(start);
        @Nullable FreePool best = null;
        for (var pool : need.pools()) {
            if (pool.closures().meet(visit)) {
                continue;
            }
            var there = new int[pool.places().size()];
            var free = new int[there.length];
            int sum = 0;
            for (int p = 0; p < free.length; p++) {
                var places = pool.places().get(p);
                var taken = occupancy.of(places.candidate().places()).stairs(busy, now);
                there[p] = places.during(visit, places.working().reaching(date));
                free[p] = Math.max(0, there[p] - taken.peak(busy));
                sum += free[p];
            }
            // only more is better: pools come by position, which settles ties
            if (pool.visits(free) > 0 && (best == null || sum > best.freePlaces)) {
                best = new FreePool(pool, there, free, sum);
            }
        }
        return best;
    }

    /** The bookable free starts nearest to an instant, the nearest first, the earlier on a tie. */
    public static List<TimeRange> nearest(
            VisitRules rules, Occupancy occupancy, Instant now, Instant around, int most) {
        var first = rules.bookableFrom(now);
        var last = rules.bookableTo(now);
        if (first.isAfter(last)) {
            return List.of();
        }
        var nearest =
                Comparator.comparing(
                                (FreeSlot slot) -> Duration.between(around, slot.start()).abs())
                        .thenComparing(FreeSlot::start);
        var middle = middle(first, last, around, rules);
        var found = new ArrayList<FreeSlot>();
        // Day by day away from the middle, until no day further out can have a nearer start.
        for (long away = 0; ; away++) {
            var before = middle.minusDays(away);
            var after = middle.plusDays(away);
            if (before.isBefore(first) && after.isAfter(last)) {
                break;
            }
            found.addAll(freeSlots(rules, occupancy, now, before, before));
            if (away > 0) {
                found.addAll(freeSlots(rules, occupancy, now, after, after));
            }
            found.sort(nearest);
            if (found.size() >= most) {
                found.subList(most, found.size()).clear();
                if (most == 0
                        || isNearerThanDaysBeyond(found.getLast(), around, before, after, rules)) {
                    break;
                }
            }
        }
        return found.stream().map(slot -> new TimeRange(slot.start(), slot.end())).toList();
    }

    private static LocalDate middle(
            LocalDate first, LocalDate last, Instant around, VisitRules rules) {
        if (around.isBefore(FIRST)) {
            return first;
        }
        return around.isAfter(LAST)
                ? last
                : later(first, earlier(last, LocalDate.ofInstant(around, rules.zone())));
    }

    private static boolean isNearerThanDaysBeyond(
            FreeSlot slot, Instant around, LocalDate before, LocalDate after, VisitRules rules) {
        var searched =
                new Span(rules.clock().midnight(before), rules.clock().midnight(after.plusDays(1)));
        long center = around.getEpochSecond();
        long distance = Math.abs(slot.start().getEpochSecond() - center);
        return center - distance > searched.from() && center + distance + 1 < searched.to();
    }

    static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
