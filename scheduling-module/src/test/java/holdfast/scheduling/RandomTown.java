package holdfast.scheduling;

import holdfast.catalogue.Closure;
import holdfast.catalogue.HolidayCalendar;
import holdfast.catalogue.Occurrences;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.ResourcePool.Resource;
import holdfast.catalogue.ResourceTypeId;
import holdfast.catalogue.SpecialDay;
import holdfast.catalogue.TemporaryCapacity;
import holdfast.catalogue.WallTime;
import holdfast.catalogue.WeeklyWindow;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A town, a wish and a diary made up from a seed, on the days around a clock change of its zone.
 * Small, so that minute by minute is soon done, and odd, so that rules meet.
 */
final class RandomTown {

    private static final List<String> ZONES =
            List.of(
                    "Europe/Berlin",
                    "America/New_York",
                    "Australia/Lord_Howe",
                    "Asia/Kolkata",
                    "America/Santiago");
    private static final ResourceTypeId ROOM = ResourceTypeId.of("room");

    final Town town = new Town();
    final VisitWish wish;
    final Audience audience;
    final VisitRules rules;
    final Diary diary = new Diary();
    final Instant now;
    final LocalDate first;
    final LocalDate last;
    private final Random random;

    RandomTown(long seed) {
        random = new Random(seed);
        random.nextLong(); // neighbouring seeds begin alike
        town.in(ZONES.get(random.nextInt(ZONES.size())));
        first = aroundAChange(town.zone).minusDays(random.nextInt(2));
        last = first.plusDays(1 + random.nextInt(2));
        now =
                first.atStartOfDay(town.zone)
                        .toInstant()
                        .minusSeconds(random.nextInt(2 * 24 * 3600))
                        .plus(Duration.ofHours(random.nextInt(24)));
        makeHours();
        makePools();
        boolean combined = oneIn(4);
        makeService("passport");
        if (combined) {
            makeService("photo");
            town.combining("photo", "passport", "nothing");
        }
        audience = oneIn(6) ? Audience.STAFF : Audience.PUBLIC;
        wish = makeWish(combined);
        rules = town.rules(wish, audience);
        makeDiary();
    }

    PlainReading plainly() {
        return new PlainReading(town.catalogue(), wish, audience, diary.lines(), now);
    }

    private LocalDate aroundAChange(ZoneId zone) {
        var somewhen = LocalDate.of(2026, 1 + random.nextInt(12), 5).atStartOfDay(zone).toInstant();
        var change = zone.getRules().nextTransition(somewhen);
        return LocalDate.ofInstant(change == null ? somewhen : change.getInstant(), zone);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private <T> @Nullable T maybe(int oneIn, Supplier<T> value) {
        return oneIn(oneIn) ? value.get() : null;
    }

    private LocalDate date() {
        return first.plusDays(random.nextInt(5) - 2);
    }

    private WallTime wallTime() {
        // often near midnight and the hours of clock changes
        int minute = oneIn(3) ? random.nextInt(4) * 60 : random.nextInt(24) * 60;
        return new WallTime(minute + (oneIn(2) ? 0 : random.nextInt(12) * 5));
    }

    private WallTime end() {
        return oneIn(5) ? WallTime.END_OF_DAY : wallTime();
    }

    private WeeklyWindow weekly() {
        var days = new ArrayList<DayOfWeek>();
        for (var day : DayOfWeek.values()) {
            if (!oneIn(5)) {
                days.add(day);
            }
        }
        boolean counted = oneIn(5);
        var validFrom = counted || oneIn(6) ? date().minusDays(random.nextInt(20)) : null;
        return new WeeklyWindow(
                days,
                oneIn(5) ? WallTime.MIDNIGHT : wallTime(),
                end(),
                validFrom,
                maybe(8, this::date),
                counted ? 1 + random.nextInt(3) : null);
    }

    private List<WeeklyWindow> someHours(int most) {
        var hours = new ArrayList<WeeklyWindow>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            hours.add(oneIn(4) ? Town.daily("00:00", "24:00") : weekly());
        }
        return hours;
    }

    private List<Closure> someClosures(int oneIn) {
        var closures = new ArrayList<Closure>();
        while (oneIn(oneIn)) {
            var from = instantAround().atOffset(ZoneOffset.ofHours(random.nextInt(5) - 2));
            OffsetDateTime to = from.plusMinutes(1 + random.nextInt(200));
            closures.add(new Closure(from, oneIn(4) ? to.plusNanos(1000) : to, "works"));
        }
        return closures;
    }

    /** One after another, sometimes at once, never sharing an instant. */
    private List<TemporaryCapacity> somePeriods() {
        var periods = new ArrayList<TemporaryCapacity>();
        var from = instantAround().atOffset(ZoneOffset.UTC);
        while (oneIn(2)) {
            var to = from.plusMinutes(1 + random.nextInt(1500));
            to = oneIn(4) ? to.plusNanos(1000) : to;
            periods.add(new TemporaryCapacity(from, to, random.nextInt(7), "the fair is on"));
            from = oneIn(2) ? to : to.plusMinutes(1 + random.nextInt(60));
        }
        return periods;
    }

    private Instant instantAround() {
        long minutes = Duration.ofDays(4).toMinutes();
        return first.minusDays(1)
                .atStartOfDay(town.zone)
                .toInstant()
                .plus(Duration.ofMinutes(random.nextLong(minutes) / 5 * 5));
    }

    private void makeHours() {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            town.withHours(weekly());
        }
        if (oneIn(3)) {
            var windows = new ArrayList<SpecialDay.Window>();
            for (int i = random.nextInt(3); i > 0; i--) {
                windows.add(new SpecialDay.Window(wallTime(), end()));
            }
            town.specialDays.add(new SpecialDay(date(), windows, null));
        }
        if (oneIn(3)) {
            town.holidays.add(new HolidayCalendar.Holiday(date(), "Founders' Day"));
        }
        town.closures.addAll(someClosures(4));
        town.notice = oneIn(2) ? 0 : random.nextInt(3000);
        town.horizon = random.nextInt(6);
    }

    private void makePools() {
        for (int p = 1 + random.nextInt(3); p > 0; p--) {
            var type = oneIn(3) ? ROOM : Town.DESK;
            if (oneIn(3)) {
                town.withPool("pool" + p, type, 1 + random.nextInt(5), someClosures(5));
                town.temporarily("pool" + p, somePeriods());
                continue;
            }
            var resources = new ArrayList<Resource>();
            for (int r = 1 + random.nextInt(4); r > 0; r--) {
                var id = ResourceId.of("r" + p + r);
                resources.add(
                        new Resource(
                                id,
                                id.text(),
                                oneIn(4) ? 1 + random.nextInt(3) : null,
                                oneIn(3) ? someHours(3) : List.of(),
                                someClosures(6)));
            }
            town.withPool(
                    "pool" + p, type, null, someClosures(5), resources.toArray(Resource[]::new));
        }
    }

    private void makeService(String id) {
        town.offer(
                id,
                told -> {
                    told.minutes = 5 * (1 + random.nextInt(18));
                    told.additional = maybe(3, () -> 5 * (1 + random.nextInt(6)));
                    told.interval = maybe(2, () -> 5 * (1 + random.nextInt(12)));
                    told.before = maybe(4, () -> 5 * (1 + random.nextInt(4)));
                    told.after = maybe(3, () -> 5 * (1 + random.nextInt(4)));
                    told.occurrences =
                            oneIn(3) ? Occurrences.PARALLEL : maybe(3, () -> Occurrences.EXTEND);
                    told.selectable = !oneIn(3);
                    told.minutesHere = maybe(5, () -> 7 + random.nextInt(60));
                    told.additionalHere = maybe(8, () -> 3 + random.nextInt(20));
                    told.intervalHere = maybe(8, () -> 10 + random.nextInt(20));
                    told.hours.addAll(oneIn(3) ? someHours(3) : List.of());
                    told.closures.addAll(someClosures(6));
                    told.types =
                            oneIn(3) && town.pools.stream().anyMatch(RandomTown::isRooms)
                                    ? List.of(Town.DESK, ROOM)
                                    : List.of(Town.DESK);
                    told.pools =
                            town.pools.stream()
                                    .map(ResourcePool::id)
                                    .filter(_ -> !oneIn(8))
                                    .toList();
                });
    }

    private static boolean isRooms(ResourcePool pool) {
        return pool.resourceType().equals(ROOM);
    }

    private VisitWish makeWish(boolean combined) {
        var services = new ArrayList<ServiceCount>();
        services.add(Town.times(1 + (oneIn(2) ? 0 : random.nextInt(4)), "passport"));
        if (combined) {
            services.add(Town.times(1 + random.nextInt(2), "photo"));
        }
        var any = new VisitWish(Town.TOWN_HALL, services, null);
        var rulesOfAny = town.rules(any, Audience.STAFF);
        var named = rulesOfAny.candidates().stream().filter(c -> c.resource() != null).toList();
        if (!rulesOfAny.customerMayChoose() || named.isEmpty() || oneIn(2)) {
            return any;
        }
        var requested = named.get(random.nextInt(named.size())).resource();
        return new VisitWish(Town.TOWN_HALL, services, requested);
    }

    private void makeDiary() {
        for (int i = random.nextInt(25); i > 0; i--) {
            var start = instantAround();
            if (oneIn(2)) {
                diary.hold(rules, start, now, maybe(3, this::holdUntil));
                continue;
            }
            var candidates = rules.candidates();
            if (candidates.isEmpty()) {
                return;
            }
            var candidate = candidates.get(random.nextInt(candidates.size()));
            var end = start.plus(Duration.ofMinutes(5 * (1 + random.nextInt(30))));
            diary.write(
                    candidate.places(),
                    new Busy(
                            diary.nextHolder(),
                            1 + random.nextInt(candidate.capacity()),
                            start.minus(Duration.ofMinutes(random.nextInt(3) * 5)),
                            end.plus(Duration.ofMinutes(random.nextInt(3) * 5)),
                            start,
                            end,
                            maybe(3, this::holdUntil)));
        }
    }

    /** About to lapse, lapsing this very microsecond, or lapsed. */
    private Instant holdUntil() {
        return now.plus(Duration.ofNanos(1000L * (random.nextInt(3) - 1)));
    }

    Instant someInstant() {
        return instantAround();
    }
}
