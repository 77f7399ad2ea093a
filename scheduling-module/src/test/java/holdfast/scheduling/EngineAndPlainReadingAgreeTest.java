package holdfast.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.TemporaryCapacity;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The engine and the {@link PlainReading} of the rules, on towns made up from seeds. A failure
 * names its seed: {@code -Dseed=n} runs that one alone, {@code -Dtowns=n} so many from seed 0 on.
 */
class EngineAndPlainReadingAgreeTest {

    private static final int TOWNS = Integer.getInteger("towns", 120);

    private static void inEveryTown(Consumer<RandomTown> promise) {
        var one = Long.getLong("seed");
        var seeds = one == null ? LongStream.range(0, TOWNS) : LongStream.of(one);
        seeds.forEach(
                seed -> {
                    try {
                        promise.accept(new RandomTown(seed));
                    } catch (AssertionError | RuntimeException broken) {
                        throw new AssertionError("Broken with -Dseed=" + seed, broken);
                    }
                });
    }

    private static List<FreeSlot> slots(RandomTown town) {
        return SlotEngine.freeSlots(town.rules, town.diary, town.now, town.first, town.last);
    }

    private static List<Instant> everyFifthMinute(RandomTown town) {
        var minutes = new ArrayList<Instant>();
        var end = town.last.plusDays(1).atStartOfDay(town.town.zone).toInstant();
        for (var minute = town.first.atStartOfDay(town.town.zone).toInstant();
                minute.isBefore(end);
                minute = minute.plus(Duration.ofMinutes(5))) {
            minutes.add(minute);
        }
        return minutes;
    }

    private static List<Obstacle> obstacles(RandomTown town, Instant start) {
        return SlotEngine.obstacles(town.rules, start, start.plus(town.rules.length()), town.now);
    }

    @Test
    void the_towns_are_worth_asking() {
        var counts = new int[2];
        inEveryTown(town -> counts[slots(town).isEmpty() ? 0 : 1]++);
        assertThat(counts[1]).isGreaterThan(TOWNS / 4);
    }

    @Test
    void the_list_is_what_the_rules_say() {
        inEveryTown(
                town ->
                        assertThat(slots(town))
                                .isEqualTo(town.plainly().freeSlots(town.first, town.last)));
    }

    @Test
    void what_is_offered_can_be_reserved_and_what_can_be_reserved_is_offered() {
        inEveryTown(
                town -> {
                    var offered = slots(town).stream().map(FreeSlot::start).toList();
                    var asked = new ArrayList<>(everyFifthMinute(town));
                    asked.addAll(offered);
                    var reservable =
                            asked.stream()
                                    .filter(start -> obstacles(town, start).isEmpty())
                                    .filter(
                                            start ->
                                                    SlotEngine.allocate(
                                                                    town.rules,
                                                                    town.diary,
                                                                    start,
                                                                    town.now)
                                                            .isPresent())
                                    .sorted()
                                    .distinct()
                                    .toList();
                    assertThat(reservable).isEqualTo(offered);
                });
    }

    @Test
    void the_places_given_are_those_the_rules_choose() {
        inEveryTown(
                town -> {
                    var plainly = town.plainly();
                    var starts = new ArrayList<Instant>();
                    slots(town).stream().limit(20).forEach(slot -> starts.add(slot.start()));
                    for (int i = 0; i < 20; i++) {
                        starts.add(town.someInstant());
                    }
                    for (var start : starts) {
                        assertThat(
                                        SlotEngine.allocate(town.rules, town.diary, start, town.now)
                                                .map(Allocation::claims)
                                                .orElse(List.of()))
                                .as("at %s", start)
                                .isEqualTo(plainly.allocate(start));
                    }
                });
    }

    @Test
    void every_reason_against_a_start_is_told() {
        inEveryTown(
                town -> {
                    var plainly = town.plainly();
                    for (int i = 0; i < 30; i++) {
                        var start = town.someInstant();
                        var told = obstacles(town, start);
                        assertThat(tells(told, Obstacle.TooSoon.class))
                                .isEqualTo(plainly.isTooSoon(start));
                        assertThat(tells(told, Obstacle.BeyondHorizon.class))
                                .isEqualTo(plainly.isBeyondHorizon(start));
                        assertThat(
                                        tells(told, Obstacle.Closed.class)
                                                || tells(told, Obstacle.ClosedOnSpecialDay.class)
                                                || tells(told, Obstacle.Holiday.class))
                                .isEqualTo(!plainly.isInAWindow(start));
                        assertThat(tells(told, Obstacle.BranchClosed.class))
                                .isEqualTo(plainly.isBranchClosed(start));
                        assertThat(tells(told, Obstacle.ServiceClosed.class))
                                .isEqualTo(plainly.isServiceClosed(start));
                        assertThat(tells(told, Obstacle.OutsideServiceHours.class))
                                .isEqualTo(plainly.isOutsideServiceHours(start));
                        assertThat(tells(told, Obstacle.WrongEnd.class)).isFalse();
                    }
                });
    }

    private static boolean tells(List<Obstacle> told, Class<? extends Obstacle> kind) {
        return told.stream().anyMatch(kind::isInstance);
    }

    @Test
    void a_start_is_explained_exactly_if_it_is_not_offered() {
        inEveryTown(
                town -> {
                    var offered = slots(town).stream().map(FreeSlot::start).toList();
                    for (var start : everyFifthMinute(town)) {
                        var reasons =
                                SlotEngine.explain(
                                        town.rules,
                                        town.diary,
                                        start,
                                        start.plus(town.rules.length()),
                                        town.now);
                        assertThat(reasons.isEmpty())
                                .as("at %s: %s", start, reasons)
                                .isEqualTo(offered.contains(start));
                    }
                });
    }

    @Test
    void the_alternatives_are_the_nearest_of_the_whole_list() {
        inEveryTown(
                town -> {
                    var horizon = town.now.plus(Duration.ofDays(7));
                    var whole =
                            SlotEngine.freeSlots(
                                    town.rules,
                                    town.diary,
                                    town.now,
                                    LocalDate.EPOCH,
                                    LocalDate.ofInstant(horizon, town.town.zone));
                    for (int most : List.of(0, 1, 5)) {
                        var around = town.someInstant();
                        var nearest =
                                whole.stream()
                                        .map(slot -> new TimeRange(slot.start(), slot.end()))
                                        .sorted(
                                                Comparator.comparing(
                                                        range ->
                                                                Duration.between(
                                                                                around,
                                                                                range.start())
                                                                        .abs()))
                                        .limit(most)
                                        .toList();
                        // the desk may book for years, so only what lies this side is compared
                        if (town.audience == Audience.PUBLIC || nearest.size() == most) {
                            assertThat(
                                            SlotEngine.nearest(
                                                    town.rules, town.diary, town.now, around, most))
                                    .isEqualTo(nearest);
                        }
                    }
                });
    }

    @Test
    void booking_until_nothing_is_free_never_oversells_and_giving_back_restores_the_list() {
        inEveryTown(
                town -> {
                    var before = slots(town);
                    var holders = new ArrayList<ReservationId>();
                    var alreadyOversold = oversold(town);
                    for (var free = before; !free.isEmpty(); free = slots(town)) {
                        var start = free.get(free.size() / 2).start();
                        var holder = town.diary.book(town.rules, start, town.now);
                        assertThat(holder).isNotNull();
                        if (holder != null) {
                            holders.add(holder);
                        }
                    }
                    assertThat(oversold(town)).isEqualTo(alreadyOversold);
                    holders.forEach(town.diary::giveBack);
                    assertThat(slots(town)).isEqualTo(before);
                });
    }

    /**
     * Where and when more is taken than there is: the made-up diary itself may have such places.
     */
    private static List<String> oversold(RandomTown town) {
        var oversold = new ArrayList<String>();
        for (var candidate : town.rules.candidates()) {
            var mine =
                    town.diary.lines().stream()
                            .filter(line -> line.places().equals(candidate.places()))
                            .map(Diary.Line::busy)
                            .filter(busy -> busy.isInForce(town.now))
                            .toList();
            // a peak is reached where something begins
            for (var at : mine) {
                int taken =
                        mine.stream()
                                .filter(busy -> !at.busyFrom().isBefore(busy.busyFrom()))
                                .filter(busy -> at.busyFrom().isBefore(busy.busyTo()))
                                .mapToInt(Busy::units)
                                .sum();
                if (taken > most(town, candidate)) {
                    oversold.add(candidate.places() + " at " + at.busyFrom());
                }
            }
            oversold.addAll(oversoldForATime(town, candidate, mine));
        }
        return oversold;
    }

    private static List<TemporaryCapacity> periods(RandomTown town, Candidate candidate) {
        return town.town.pools.stream()
                .filter(pool -> pool.id().equals(candidate.pool()))
                .flatMap(pool -> pool.temporaryCapacities().stream())
                .toList();
    }

    private static int most(RandomTown town, Candidate candidate) {
        return periods(town, candidate).stream()
                .mapToInt(TemporaryCapacity::capacity)
                .reduce(candidate.capacity(), Math::max);
    }

    /** The same of visits without their buffers, which may lie where there are fewer places. */
    private static List<String> oversoldForATime(
            RandomTown town, Candidate candidate, List<Busy> mine) {
        var oversold = new ArrayList<String>();
        for (var period : periods(town, candidate)) {
            var begin = period.from().toInstant();
            var instants = new ArrayList<>(List.of(begin));
            mine.stream()
                    .map(Busy::start)
                    .filter(start -> start.isAfter(begin))
                    .filter(start -> start.isBefore(period.to().toInstant()))
                    .forEach(instants::add);
            for (var instant : instants) {
                int there =
                        mine.stream()
                                .filter(busy -> !instant.isBefore(busy.start()))
                                .filter(busy -> instant.isBefore(busy.end()))
                                .mapToInt(Busy::units)
                                .sum();
                if (there > period.capacity()) {
                    oversold.add(candidate.places() + " for a time at " + instant);
                }
            }
        }
        return oversold;
    }

    @Test
    void busy_times_are_the_same_however_they_came_about() {
        inEveryTown(
                town -> {
                    Occupancy atOnce =
                            places ->
                                    BusyTimes.of(
                                            town.diary.lines().stream()
                                                    .filter(line -> line.places().equals(places))
                                                    .map(Diary.Line::busy)
                                                    .toList());
                    assertThat(
                                    SlotEngine.freeSlots(
                                            town.rules, atOnce, town.now, town.first, town.last))
                            .isEqualTo(slots(town));
                });
    }
}
