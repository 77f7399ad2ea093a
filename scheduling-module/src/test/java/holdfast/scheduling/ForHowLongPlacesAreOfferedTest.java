package holdfast.scheduling;

import static holdfast.scheduling.Town.PASSPORT;
import static holdfast.scheduling.Town.aBranchOpen;
import static holdfast.scheduling.Town.closure;
import static holdfast.scheduling.Town.daily;
import static holdfast.scheduling.Town.desk;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Occurrences;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.TemporaryCapacity;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Minutes offered, which utilisation is measured by. */
class ForHowLongPlacesAreOfferedTest {

    private static final int TOWNS = 300;

    @Test
    void the_minutes_of_an_hour_are_those_in_which_a_visit_of_one_minute_could_begin() {
        for (int seed = 0; seed < TOWNS; seed++) {
            var random = new RandomTown(seed);
            var town = random.town;
            town.offerings.keySet().retainAll(List.of(PASSPORT));
            var service = Objects.requireNonNull(town.offerings.get(PASSPORT));
            service.offered = true;
            service.types = List.of(Town.DESK);
            service.occurrences = Occurrences.EXTEND;
            service.minutes = 1;
            service.interval = 1;
            service.before = null;
            service.after = null;
            service.minutesHere = null;
            service.intervalHere = null;
            service.selectable = false;
            town.combinations.clear();
            var rules = town.rules(Town.wish(1, null), Audience.STAFF);
            var before = random.first.minusDays(3).atStartOfDay(town.zone).toInstant();
            for (var date = random.first; !date.isAfter(random.last); date = date.plusDays(1)) {
                var expected = new int[24];
                SlotEngine.freeSlots(rules, Occupancy.NONE, before, date, date)
                        .forEach(
                                slot ->
                                        expected[slot.start().atZone(town.zone).getHour()] +=
                                                slot.placesLeft());
                var offered = hours(town, date);
                int places =
                        town.pools.stream().mapToInt(ForHowLongPlacesAreOfferedTest::places).sum();
                for (int hour = 0; hour < expected.length; hour++) {
                    // a closure, or a time with other places, may begin and end within a minute
                    assertThat(offered.get(hour))
                            .as("town %d, %s, hour %d", seed, date, hour)
                            .isBetween(expected[hour], expected[hour] + 3 * places);
                }
            }
        }
    }

    @Test
    void closures_and_working_hours_count_to_the_minute() {
        var town =
                aBranchOpen("09:00", "12:00")
                        .withDesks("anna")
                        .closed("2026-06-01T09:20", "2026-06-01T09:30");
        assertThat(hours(town, Slots.MONDAY).subList(8, 13)).containsExactly(0, 50, 60, 60, 0);

        town.pools.clear();
        town.withPool(
                "named",
                Town.DESK,
                null,
                desk("bert", daily("10:30", "18:00")),
                desk("cleo", closure("2026-06-01T11:00", "2026-06-01T11:45")));
        assertThat(hours(town, Slots.MONDAY).subList(8, 13)).containsExactly(0, 50, 90, 75, 0);
    }

    @Test
    void a_time_with_other_places_counts_with_those() {
        var town = aBranchOpen("09:00", "12:00").withCounters(5);
        town.temporarily("counters", 2, "2026-06-01T10:30", "2026-06-01T11:00");
        assertThat(hours(town, Slots.MONDAY).subList(9, 12)).containsExactly(300, 210, 300);
    }

    @Test
    void a_place_that_serves_nothing_is_not_offered() {
        var town =
                aBranchOpen("09:00", "10:00").withDesks("anna").passport(t -> t.pools = List.of());

        assertThat(hours(town, Slots.MONDAY)).containsOnly(0);
        assertThat(OfferedPlaces.of(town.catalogue(), branch(town), Slots.MONDAY))
                .allMatch(places -> places.services().isEmpty());
    }

    private static int places(ResourcePool pool) {
        var capacity = pool.capacity();
        return capacity != null
                ? pool.temporaryCapacities().stream()
                        .mapToInt(TemporaryCapacity::capacity)
                        .reduce(capacity, Math::max)
                : pool.resources().stream().mapToInt(ResourcePool.Resource::places).sum();
    }

    private static Branch branch(Town town) {
        return town.catalogue().branches().getFirst();
    }

    /** Of all places together. */
    private static List<Integer> hours(Town town, LocalDate date) {
        var sums = new int[24];
        for (var places : OfferedPlaces.of(town.catalogue(), branch(town), date)) {
            for (int hour = 0; hour < sums.length; hour++) {
                sums[hour] += places.minutes().get(hour);
            }
        }
        return list(sums);
    }

    private static List<Integer> list(int[] numbers) {
        var list = new ArrayList<Integer>();
        for (int number : numbers) {
            list.add(number);
        }
        return list;
    }
}
