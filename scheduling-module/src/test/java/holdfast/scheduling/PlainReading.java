package holdfast.scheduling;

import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.MINUTES;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Closure;
import holdfast.catalogue.Occurrences;
import holdfast.catalogue.Offer;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.ResourceTypeId;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.WallTime;
import holdfast.catalogue.WeeklyWindow;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The slot rules once more, sentence by sentence: slow, minute by minute, with nothing compiled and
 * nothing shared with the engine. Where the two disagree, one of them misread the rules.
 */
final class PlainReading {

    private final Catalogue catalogue;
    private final VisitWish wish;
    private final Audience audience;
    private final Branch branch;
    private final ZoneId zone;
    private final List<Diary.Line> diary;
    private final Instant now;
    private final Map<ServiceId, Integer> counts = new LinkedHashMap<>();
    private final Map<LocalDate, List<TreeSet<Instant>>> openingCache = new LinkedHashMap<>();
    private final Map<List<WeeklyWindow>, Map<LocalDate, TreeSet<Instant>>> weeklyCache =
            new LinkedHashMap<>();

    PlainReading(
            Catalogue catalogue,
            VisitWish wish,
            Audience audience,
            List<Diary.Line> diary,
            Instant now) {
        this.catalogue = catalogue;
        this.wish = wish;
        this.audience = audience;
        this.diary = diary;
        this.now = now;
        branch = catalogue.branch(wish.branch()).orElseThrow();
        zone = branch.timeZone();
        wish.services()
                .forEach(s -> counts.merge(s.service(), s.numberOfReservations(), Integer::sum));
    }

    // ---- the visit

    private Service service(ServiceId id) {
        return catalogue.service(id).orElseThrow();
    }

    private Offer offer(ServiceId id) {
        return catalogue.offer(id, branch.id()).orElseThrow();
    }

    private int duration(ServiceId id) {
        var here = offer(id).durationMinutes();
        return here != null ? here : service(id).durationMinutes();
    }

    long minutes() {
        long sum = 0;
        for (var entry : counts.entrySet()) {
            var id = entry.getKey();
            int duration = duration(id);
            int additional = duration;
            var byService = service(id).additionalDurationMinutes();
            if (byService != null) {
                additional = byService;
            }
            var here = offer(id).additionalDurationMinutes();
            if (here != null) {
                additional = here;
            }
            sum += duration;
            if (service(id).occurrences() != Occurrences.PARALLEL) {
                for (int n = 2; n <= entry.getValue(); n++) {
                    sum += additional;
                }
            }
        }
        return sum;
    }

    private long interval() {
        long least = Long.MAX_VALUE;
        for (var id : counts.keySet()) {
            var here = offer(id).slotIntervalMinutes();
            var byService = service(id).slotIntervalMinutes();
            long its = here != null ? here : byService != null ? byService : duration(id);
            least = Math.min(least, its);
        }
        return least;
    }

    private int atOnce() {
        int most = 1;
        for (var entry : counts.entrySet()) {
            if (service(entry.getKey()).occurrences() == Occurrences.PARALLEL) {
                most = Math.max(most, entry.getValue());
            }
        }
        return most;
    }

    private Instant busyFrom(Instant start) {
        long most = 0;
        for (var id : counts.keySet()) {
            var buffer = service(id).bufferBeforeMinutes();
            most = Math.max(most, buffer == null ? 0 : buffer);
        }
        return start.minus(most, MINUTES);
    }

    private Instant busyTo(Instant start) {
        long most = 0;
        for (var id : counts.keySet()) {
            var buffer = service(id).bufferAfterMinutes();
            most = Math.max(most, buffer == null ? 0 : buffer);
        }
        return start.plus(minutes() + most, MINUTES);
    }

    private static List<Instant> minutesOf(Instant from, Instant to) {
        var minutes = new ArrayList<Instant>();
        for (var minute = from; minute.isBefore(to); minute = minute.plus(1, MINUTES)) {
            minutes.add(minute);
        }
        return minutes;
    }

    private List<Instant> minutesFrom(Instant start) {
        return minutesOf(start, start.plus(minutes(), MINUTES));
    }

    private LocalDate dateOf(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    // ---- windows

    private Instant instant(LocalDate date, WallTime time) {
        var wall =
                time.equals(WallTime.END_OF_DAY)
                        ? date.plusDays(1).atStartOfDay()
                        : date.atTime(time.minuteOfDay() / 60, time.minuteOfDay() % 60);
        return firstInstantOf(wall);
    }

    private Instant firstInstantOf(LocalDateTime wall) {
        var offsets = zone.getRules().getValidOffsets(wall);
        if (offsets.isEmpty()) {
            var gap = zone.getRules().getTransition(wall);
            return firstInstantOf(wall.plus(gap.getDuration()));
        }
        return offsets.stream().map(wall::toInstant).min(Comparator.naturalOrder()).orElseThrow();
    }

    private void addWindow(TreeSet<Instant> open, LocalDate date, WallTime from, WallTime to) {
        var end = to.minuteOfDay() > from.minuteOfDay() ? date : date.plusDays(1);
        open.addAll(minutesOf(instant(date, from), instant(end, to)));
    }

    private static boolean begins(WeeklyWindow window, LocalDate date) {
        if (!window.days().contains(date.getDayOfWeek())) {
            return false;
        }
        var validFrom = window.validFrom();
        if (validFrom != null && date.isBefore(validFrom)) {
            return false;
        }
        var validTo = window.validTo();
        if (validTo != null && date.isAfter(validTo)) {
            return false;
        }
        var everyWeeks = window.everyWeeks();
        if (everyWeeks == null || validFrom == null) {
            return true;
        }
        var monday = validFrom;
        while (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
            monday = monday.minusDays(1);
        }
        return DAYS.between(monday, date) / 7 % everyWeeks == 0;
    }

    private TreeSet<Instant> weekly(List<WeeklyWindow> windows, LocalDate date) {
        return weeklyCache
                .computeIfAbsent(windows, _ -> new LinkedHashMap<>())
                .computeIfAbsent(date, _ -> weeklyOf(windows, date));
    }

    private TreeSet<Instant> weeklyOf(List<WeeklyWindow> windows, LocalDate date) {
        var open = new TreeSet<Instant>();
        for (var window : windows) {
            if (begins(window, date)) {
                addWindow(open, date, window.from(), window.to());
            }
        }
        return open;
    }

    /** Each stretch of minutes without a pause between them. */
    private static List<TreeSet<Instant>> stretches(TreeSet<Instant> minutes) {
        var stretches = new ArrayList<TreeSet<Instant>>();
        for (var minute : minutes) {
            if (!minutes.contains(minute.minus(1, MINUTES))) {
                stretches.add(new TreeSet<>());
            }
            stretches.getLast().add(minute);
        }
        return stretches;
    }

    private List<TreeSet<Instant>> opening(LocalDate date) {
        return openingCache.computeIfAbsent(date, this::openingOf);
    }

    private List<TreeSet<Instant>> openingOf(LocalDate date) {
        for (var special : branch.specialDays()) {
            if (special.date().equals(date)) {
                var open = new TreeSet<Instant>();
                special.windows().forEach(w -> addWindow(open, date, w.from(), w.to()));
                return stretches(open);
            }
        }
        var calendar = branch.holidayCalendar();
        if (calendar != null
                && catalogue.holidayCalendar(calendar).orElseThrow().days().stream()
                        .anyMatch(holiday -> holiday.date().equals(date))) {
            return List.of();
        }
        return stretches(weekly(branch.openingHours(), date));
    }

    private boolean fitsTheGridOf(TreeSet<Instant> window, Instant start) {
        if (!window.containsAll(minutesFrom(start))) {
            return false;
        }
        for (var step = window.first();
                !step.isAfter(start);
                step = step.plus(interval(), MINUTES)) {
            if (step.equals(start)) {
                return true;
            }
        }
        return false;
    }

    boolean isInAWindow(Instant start) {
        return windowsAround(start).stream().anyMatch(window -> window.contains(start));
    }

    private List<TreeSet<Instant>> windowsAround(Instant start) {
        var windows = new ArrayList<TreeSet<Instant>>();
        for (int days = -2; days <= 1; days++) {
            windows.addAll(opening(dateOf(start).plusDays(days)));
        }
        return windows;
    }

    private boolean isWithin(List<WeeklyWindow> hours, Instant from, Instant to) {
        return hours.isEmpty() || isWithin(hours, from, to, null);
    }

    /**
     * @param midnight where the piece before ended, so that this one must begin there
     */
    private boolean isWithin(
            List<WeeklyWindow> hours, Instant from, Instant to, @Nullable Instant midnight) {
        for (int days = -2; days <= 2; days++) {
            var date = dateOf(from).plusDays(days);
            for (var piece : stretches(weekly(hours, date))) {
                var ends = piece.last().plus(1, MINUTES);
                boolean begins =
                        midnight == null
                                ? piece.contains(from)
                                : piece.first().equals(midnight)
                                        && midnight.equals(instant(date, WallTime.MIDNIGHT));
                if (!begins) {
                    continue;
                }
                if (!ends.isBefore(to)) {
                    return true;
                }
                if (ends.equals(instant(dateOf(ends), WallTime.MIDNIGHT))
                        && isWithin(hours, ends, to, ends)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isClosed(List<Closure> closures, Instant start) {
        for (var minute : minutesFrom(start)) {
            for (var closure : closures) {
                if (minute.isBefore(closure.to().toInstant())
                        && minute.plus(1, MINUTES).isAfter(closure.from().toInstant())) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean isBranchClosed(Instant start) {
        return isClosed(branch.closures(), start);
    }

    boolean isServiceClosed(Instant start) {
        return counts.keySet().stream().anyMatch(id -> isClosed(offer(id).closures(), start));
    }

    boolean isOutsideServiceHours(Instant start) {
        var end = start.plus(minutes(), MINUTES);
        return counts.keySet().stream().anyMatch(id -> !isWithin(offer(id).hours(), start, end));
    }

    boolean isTooSoon(Instant start) {
        long notice =
                audience == Audience.STAFF || branch.booking() == null
                        ? 0
                        : branch.booking().minimumNoticeMinutes();
        return start.isBefore(now.plus(notice, MINUTES));
    }

    boolean isBeyondHorizon(Instant start) {
        int horizon = branch.booking() == null ? 60 : branch.booking().horizonDays();
        return audience == Audience.PUBLIC && DAYS.between(dateOf(now), dateOf(start)) > horizon;
    }

    /** Everything but who is there. */
    boolean rulesAllow(Instant start) {
        return isInAWindow(start)
                && windowsAround(start).stream().anyMatch(window -> fitsTheGridOf(window, start))
                && !isBranchClosed(start)
                && !isServiceClosed(start)
                && !isOutsideServiceHours(start)
                && !isTooSoon(start)
                && !isBeyondHorizon(start);
    }

    // ---- places

    private List<ResourceTypeId> types() {
        return counts.keySet().stream()
                .flatMap(id -> service(id).resourceTypes().stream())
                .distinct()
                .toList();
    }

    private List<ResourcePool> pools(ResourceTypeId type) {
        var pools = new ArrayList<ResourcePool>();
        for (var pool : catalogue.document().resourcePools()) {
            boolean servesAll =
                    counts.keySet().stream()
                            .filter(id -> service(id).resourceTypes().contains(type))
                            .allMatch(id -> offer(id).resourcePools().contains(pool.id()));
            if (pool.resourceType().equals(type) && servesAll) {
                pools.add(pool);
            }
        }
        if (pools.stream().anyMatch(this::hasRequested)) {
            pools.removeIf(pool -> !hasRequested(pool));
        }
        return pools;
    }

    private boolean hasRequested(ResourcePool pool) {
        return pool.resources().stream().anyMatch(r -> r.id().equals(wish.requestedResource()));
    }

    private int free(PlacesId places, int capacity, Instant start) {
        int least = capacity;
        for (var minute : minutesOf(busyFrom(start), busyTo(start))) {
            int taken = 0;
            for (var line : diary) {
                var busy = line.busy();
                var holdUntil = busy.holdUntil();
                if (line.places().equals(places)
                        && (holdUntil == null || now.isBefore(holdUntil))
                        && !minute.isBefore(busy.busyFrom())
                        && minute.isBefore(busy.busyTo())) {
                    taken += busy.units();
                }
            }
            least = Math.min(least, capacity - taken);
        }
        return Math.max(0, least);
    }

    /** How many places a virtual pool has at the worst instant of a visit. */
    private int fewest(ResourcePool pool, int usual, Instant start) {
        var instants = new ArrayList<>(minutesFrom(start));
        for (var period : pool.temporaryCapacities()) {
            instants.add(period.from().toInstant());
            instants.add(period.to().toInstant());
        }
        var end = start.plus(minutes(), MINUTES);
        int fewest = Integer.MAX_VALUE;
        for (var instant : instants) {
            if (instant.isBefore(start) || !instant.isBefore(end)) {
                continue;
            }
            int then = usual;
            for (var period : pool.temporaryCapacities()) {
                if (!instant.isBefore(period.from().toInstant())
                        && instant.isBefore(period.to().toInstant())) {
                    then = period.capacity();
                }
            }
            fewest = Math.min(fewest, then);
        }
        return fewest;
    }

    /** How many places are free of each of a pool's resources, or of the virtual pool. */
    private Map<PlacesId, Integer> free(ResourcePool pool, Instant start) {
        var free = new LinkedHashMap<PlacesId, Integer>();
        var capacity = pool.capacity();
        if (capacity != null) {
            free.put(
                    PlacesId.of(pool.id()),
                    isClosed(pool.closures(), start)
                            ? 0
                            : free(PlacesId.of(pool.id()), fewest(pool, capacity, start), start));
            return free;
        }
        boolean onlyRequested = hasRequested(pool) && atOnce() == 1;
        for (var resource : pool.resources()) {
            if (onlyRequested && !resource.id().equals(wish.requestedResource())) {
                continue;
            }
            boolean there =
                    !isClosed(pool.closures(), start)
                            && !isClosed(resource.closures(), start)
                            && isWithin(
                                    resource.workingHours(), start, start.plus(minutes(), MINUTES));
            var places = PlacesId.of(resource.id());
            free.put(places, there ? free(places, resource.places(), start) : 0);
        }
        return free;
    }

    /** Seats one visit after the other until the next finds no place. */
    private int visits(ResourcePool pool, Instant start) {
        var free = free(pool, start);
        int visits = 0;
        while (seatOneMore(pool, free)) {
            visits++;
        }
        return visits;
    }

    private boolean seatOneMore(ResourcePool pool, Map<PlacesId, Integer> free) {
        int units = atOnce();
        if (pool.isVirtual()) {
            return free.merge(PlacesId.of(pool.id()), -units, Integer::sum) >= 0;
        }
        var requested =
                hasRequested(pool) && wish.requestedResource() != null
                        ? PlacesId.of(wish.requestedResource())
                        : null;
        // those with the most places left first, so that the fewest stay over alone
        var order =
                free.keySet().stream()
                        .filter(places -> free.getOrDefault(places, 0) > 0)
                        .sorted(
                                Comparator.<PlacesId>comparingInt(p -> p.equals(requested) ? 0 : 1)
                                        .thenComparingInt(p -> -free.getOrDefault(p, 0)))
                        .limit(units)
                        .toList();
        if (order.size() < units || requested != null && !order.getFirst().equals(requested)) {
            return false;
        }
        order.forEach(places -> free.merge(places, -1, Integer::sum));
        return true;
    }

    int placesLeft(Instant start) {
        return types().stream()
                .mapToInt(type -> pools(type).stream().mapToInt(pool -> visits(pool, start)).sum())
                .min()
                .orElseThrow();
    }

    boolean someoneIsThere(Instant start) {
        return placesLeft(start) > 0;
    }

    private List<ResourceId> freeResources(Instant start) {
        if (counts.keySet().stream().anyMatch(id -> !service(id).resourceSelection())) {
            return List.of();
        }
        var choice = new ArrayList<ResourceId>();
        for (var type : types()) {
            for (var pool : pools(type)) {
                var free = free(pool, start);
                long others = free.values().stream().filter(places -> places > 0).count();
                for (var resource : pool.resources()) {
                    boolean asked =
                            !hasRequested(pool) || resource.id().equals(wish.requestedResource());
                    if (asked
                            && free.getOrDefault(PlacesId.of(resource.id()), 0) > 0
                            && others >= atOnce()) {
                        choice.add(resource.id());
                    }
                }
            }
        }
        return choice;
    }

    // ---- answers

    List<FreeSlot> freeSlots(LocalDate from, LocalDate to) {
        var slots = new ArrayList<FreeSlot>();
        var day = from.atStartOfDay(zone).toInstant();
        var end = to.plusDays(1).atStartOfDay(zone).toInstant();
        for (var minute : minutesOf(day, end)) {
            if (rulesAllow(minute)) {
                int left = placesLeft(minute);
                if (left > 0) {
                    slots.add(
                            new FreeSlot(
                                    minute,
                                    minute.plus(minutes(), MINUTES),
                                    left,
                                    freeResources(minute)));
                }
            }
        }
        return slots;
    }

    private long bookedSeconds(PlacesId places, LocalDate date) {
        long seconds = 0;
        for (var line : diary) {
            var busy = line.busy();
            var holdUntil = busy.holdUntil();
            if (line.places().equals(places) && (holdUntil == null || now.isBefore(holdUntil))) {
                for (var minute : minutesOf(busy.start(), busy.end())) {
                    seconds += dateOf(minute).equals(date) ? 60 : 0;
                }
            }
        }
        return seconds;
    }

    /** Pool and places of each claim, with the units taken. */
    List<Claim> allocate(Instant start) {
        var claims = new ArrayList<Claim>();
        for (var type : types()) {
            @Nullable ResourcePool best = null;
            int most = 0;
            for (var pool : pools(type)) {
                int sum = free(pool, start).values().stream().mapToInt(places -> places).sum();
                if (visits(pool, start) > 0 && sum > most) {
                    most = sum;
                    best = pool;
                }
            }
            if (best == null) {
                return List.of();
            }
            claims.addAll(claims(best, start));
        }
        return claims;
    }

    private List<Claim> claims(ResourcePool pool, Instant start) {
        var capacity = pool.capacity();
        if (capacity != null) {
            return List.of(claim(pool.id(), null, atOnce(), fewest(pool, capacity, start)));
        }
        var free = free(pool, start);
        var left = new ArrayList<>(pool.resources());
        left.removeIf(resource -> free.getOrDefault(PlacesId.of(resource.id()), 0) == 0);
        var claims = new ArrayList<Claim>();
        while (claims.size() < atOnce()) {
            var next = left.getFirst();
            for (var resource : left) {
                if (resource.id().equals(wish.requestedResource())) {
                    next = resource;
                    break;
                }
                if (bookedSeconds(PlacesId.of(resource.id()), dateOf(start))
                        < bookedSeconds(PlacesId.of(next.id()), dateOf(start))) {
                    next = resource;
                }
            }
            left.remove(next);
            claims.add(claim(pool.id(), next.id(), 1, next.places()));
        }
        return claims;
    }

    private static Claim claim(
            PoolId pool, @Nullable ResourceId resource, int units, int capacity) {
        return new Claim(
                resource == null ? PlacesId.of(pool) : PlacesId.of(resource),
                pool,
                resource,
                units,
                capacity);
    }
}
