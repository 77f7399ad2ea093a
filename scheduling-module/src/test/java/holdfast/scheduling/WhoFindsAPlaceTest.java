package holdfast.scheduling;

import static holdfast.scheduling.Slots.MONDAY;
import static holdfast.scheduling.Slots.NOW;
import static holdfast.scheduling.Slots.obstacles;
import static holdfast.scheduling.Slots.slots;
import static holdfast.scheduling.Slots.times;
import static holdfast.scheduling.Town.DESK;
import static holdfast.scheduling.Town.aBranchOpen;
import static holdfast.scheduling.Town.closure;
import static holdfast.scheduling.Town.daily;
import static holdfast.scheduling.Town.desk;
import static holdfast.scheduling.Town.deskFor;
import static holdfast.scheduling.Town.wish;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.Occurrences;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourceTypeId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/** Rules 2.5, 2.6, 2.7 and 2.9, and their settled edge cases. */
class WhoFindsAPlaceTest {

    private static final ResourceTypeId CAMERA = ResourceTypeId.of("camera");

    private final Town town = aBranchOpen("09:00", "11:00");
    private final Diary diary = new Diary();
    private final Instant nine = town.at("2026-06-01T09:00");
    private final Instant halfPastNine = town.at("2026-06-01T09:30");
    private final Instant ten = town.at("2026-06-01T10:00");

    private List<String> places(VisitRules rules, Instant start) {
        return SlotEngine.allocate(rules, diary, start, NOW)
                .map(Allocation::claims)
                .orElse(List.of())
                .stream()
                .map(claim -> claim.places().text())
                .toList();
    }

    private List<Integer> placesLeft(VisitRules rules) {
        return slots(rules, diary, MONDAY).stream().map(FreeSlot::placesLeft).toList();
    }

    // Busy

    @Test
    void buffers_keep_the_desk_busy_and_neighbours_add_up() {
        var rules =
                town.withDesks("anna")
                        .passport(
                                told -> {
                                    told.interval = 5;
                                    told.minutes = 10;
                                    told.before = 5;
                                    told.after = 10;
                                })
                        .rules();
        diary.book(rules, ten, NOW);

        // 09:30 to 09:40 is busy until 09:50 and touches 09:55; 10:25 is busy from 10:20 on
        assertThat(times(rules, diary, MONDAY)).contains("09:35", "10:25");
        assertThat(times(rules, diary, MONDAY))
                .doesNotContain("09:40", "09:45", "09:50", "09:55", "10:00", "10:15", "10:20");
    }

    @Test
    void buffers_may_lie_outside_every_hour_and_inside_closures() {
        var rules =
                town.withPool("desks", DESK, null, desk("anna", daily("09:00", "11:00")))
                        .closed("2026-06-01T08:00", "2026-06-01T09:00")
                        .closed("2026-06-01T11:00", "2026-06-01T12:00")
                        .passport(
                                told -> {
                                    told.before = 30;
                                    told.after = 30;
                                    told.hours.add(daily("09:00", "11:00"));
                                })
                        .rules();

        assertThat(times(rules, MONDAY)).containsExactly("09:00", "09:30", "10:00", "10:30");
    }

    @Test
    void a_booking_never_moves_the_grid() {
        var rules = town.withDesks("anna").rules();
        diary.busy("anna", town.at("2026-06-01T09:10"), 5);

        assertThat(times(rules, diary, MONDAY)).containsExactly("09:30", "10:00", "10:30");
    }

    @Test
    void what_ends_at_ten_does_not_meet_what_starts_at_ten() {
        var rules = town.withDesks("anna").rules();
        diary.busy("anna", halfPastNine, 30);

        assertThat(times(rules, diary, MONDAY)).containsExactly("09:00", "10:00", "10:30");
    }

    // Capacity

    @Test
    void for_a_time_a_pool_has_fewer_places_or_more() {
        var rules =
                town.withCounters(3)
                        .temporarily("counters", 1, "2026-06-01T09:30", "2026-06-01T10:00")
                        .temporarily("counters", 5, "2026-06-01T10:30", "2026-06-01T11:00")
                        .rules();

        assertThat(placesLeft(rules)).containsExactly(3, 1, 3, 5);
        diary.book(rules, halfPastNine, NOW);
        assertThat(times(rules, diary, MONDAY)).containsExactly("09:00", "10:00", "10:30");
        assertThat(
                        SlotEngine.allocate(rules, diary, town.at("2026-06-01T10:30"), NOW)
                                .orElseThrow()
                                .claims())
                .extracting(Claim::capacity)
                .containsExactly(5);
    }

    @Test
    void the_fewest_places_during_a_visit_count_for_all_of_it() {
        var rules =
                town.withCounters(3)
                        .temporarily("counters", 1, "2026-06-01T09:29", "2026-06-01T09:30")
                        .temporarily("counters", 9, "2026-06-01T10:00", "2026-06-01T10:29")
                        .rules();

        assertThat(placesLeft(rules)).containsExactly(1, 3, 3, 3);
    }

    @Test
    void where_periods_touch_the_usual_number_is_no_matter() {
        var rules =
                town.withCounters(3)
                        .temporarily("counters", 5, "2026-06-01T09:00", "2026-06-01T09:10")
                        .temporarily("counters", 4, "2026-06-01T09:10", "2026-06-01T09:30")
                        .rules();

        assertThat(placesLeft(rules)).containsExactly(4, 3, 3, 3);
    }

    @Test
    void a_buffer_may_lie_where_there_are_fewer_places() {
        var rules =
                town.withCounters(1)
                        .temporarily("counters", 0, "2026-06-01T09:30", "2026-06-01T10:00")
                        .passport(told -> told.after = 15)
                        .rules();

        assertThat(times(rules, MONDAY)).containsExactly("09:00", "10:00", "10:30");
    }

    @Test
    void a_pool_with_too_few_places_for_a_time_is_named() {
        town.withCounters(3)
                .temporarily("counters", 1, "2026-06-01T09:30", "2026-06-01T10:00")
                .passport(told -> told.occurrences = Occurrences.PARALLEL);

        assertThat(obstacles(town.rules(2), halfPastNine))
                .extracting(Object::getClass)
                .containsExactly(Obstacle.PoolReduced.class);
        assertThat(obstacles(town.rules(1), halfPastNine)).isEmpty();
    }

    // Keeping what one has

    private List<Class<?>> againstKeeping(VisitRules rules, Instant start) {
        var before = aBranchOpen("09:00", "11:00").withDesks("anna", "bert").rules();
        var claims = SlotEngine.allocate(before, new Diary(), start, NOW).orElseThrow().claims();
        return SlotEngine.obstaclesToKeeping(
                        rules, claims, diary, start, start.plus(rules.length()), NOW)
                .stream()
                .<Class<?>>map(Object::getClass)
                .toList();
    }

    @Test
    void whoever_has_a_desk_cannot_keep_it_while_it_is_closed_though_another_is_free() {
        var rules =
                town.withPool(
                                "desks",
                                DESK,
                                null,
                                desk("anna", closure("2026-06-01T09:00", "2026-06-01T09:30")),
                                desk("bert"))
                        .rules();

        assertThat(obstacles(rules, nine)).isEmpty();
        assertThat(againstKeeping(rules, nine)).containsExactly(Obstacle.ResourceClosed.class);
        assertThat(againstKeeping(rules, halfPastNine)).isEmpty();
    }

    @Test
    void whoever_has_a_desk_that_is_gone_or_taken_cannot_keep_it() {
        assertThat(againstKeeping(aBranchOpen("09:00", "11:00").withDesks("bert").rules(), nine))
                .containsExactly(Obstacle.NoLongerServing.class);

        diary.busy("anna", nine, 30);
        assertThat(againstKeeping(town.withDesks("anna", "bert").rules(), nine))
                .containsExactly(Obstacle.Taken.class);
    }

    @Test
    void a_pool_has_room_until_its_last_place_is_taken() {
        var rules = town.withCounters(2).rules();
        diary.busy("counters", nine, 30);

        assertThat(placesLeft(rules)).containsExactly(1, 2, 2, 2);
        diary.busy("counters", nine, 30);
        assertThat(placesLeft(rules)).containsExactly(2, 2, 2);
        assertThat(places(rules, nine)).isEmpty();
    }

    @Test
    void a_pool_is_never_full_because_bookings_lie_awkwardly() {
        var rules = town.withCounters(2).passport(told -> told.minutes = 120).rules();
        // on numbered places these three could lie so that none is free from nine to eleven
        diary.busy("counters", nine, 30)
                .busy("counters", halfPastNine, 30)
                .busy("counters", ten, 60);

        assertThat(placesLeft(rules)).containsExactly(1);
    }

    @Test
    void side_by_side_a_pool_counts_how_many_more_such_parties_fit() {
        var rules =
                town.withCounters(5)
                        .passport(told -> told.occurrences = Occurrences.PARALLEL)
                        .rules(2);
        diary.busy("counters", nine, 30).busy("counters", 4, halfPastNine, 30);

        assertThat(placesLeft(rules)).containsExactly(2, 2, 2);
        assertThat(times(rules, diary, MONDAY)).containsExactly("09:00", "10:00", "10:30");
        assertThat(SlotEngine.allocate(rules, diary, nine, NOW).orElseThrow().claims())
                .containsExactly(
                        new Claim(PlacesId.of("counters"), PoolId.of("counters"), null, 2, 5));
    }

    @Test
    void a_party_is_not_split_over_two_pools() {
        var rules =
                town.withPool("left", DESK, 1)
                        .withPool("right", DESK, 1)
                        .passport(told -> told.occurrences = Occurrences.PARALLEL)
                        .rules(2);

        assertThat(times(rules, MONDAY)).isEmpty();
        assertThat(obstacles(rules, nine)).containsExactly(new Obstacle.NoPlaces(DESK));
    }

    @Test
    void side_by_side_at_named_desks_takes_different_ones_with_the_requested_among_them() {
        var named =
                town.withDesks("anna", "bert", "cleo")
                        .passport(
                                told -> {
                                    told.occurrences = Occurrences.PARALLEL;
                                    told.selectable = true;
                                });
        diary.busy("bert", ten, 30);
        var rules = named.rules(wish(2, "bert"), Audience.PUBLIC);

        assertThat(places(named.rules(2), nine)).containsExactly("anna", "cleo");
        assertThat(places(rules, nine)).containsExactly("bert", "anna");
        assertThat(times(rules, diary, MONDAY)).containsExactly("09:00", "09:30", "10:30");
        assertThat(times(named.rules(4), diary, MONDAY)).isEmpty();
    }

    @Test
    void the_places_left_are_the_sum_over_the_pools() {
        town.withCounters(3).withDesks("anna", "bert");
        diary.busy("counters", nine, 30).busy("anna", nine, 60);

        assertThat(placesLeft(town.rules())).containsExactly(3, 4, 5, 5);
    }

    @Test
    void a_visit_that_needs_two_types_finds_as_many_places_as_the_scarcer_has() {
        var rules =
                town.withDesks("anna", "bert")
                        .withPool("cameras", CAMERA, 1)
                        .passport(told -> told.types = List.of(DESK, CAMERA))
                        .rules();
        diary.busy("cameras", nine, 30).busy("anna", halfPastNine, 30);

        assertThat(placesLeft(rules)).containsExactly(1, 1, 1);
        assertThat(times(rules, diary, MONDAY)).containsExactly("09:30", "10:00", "10:30");
        assertThat(places(rules, halfPastNine)).containsExactly("bert", "cameras");
    }

    @Test
    void a_type_without_any_pool_is_never_offered() {
        var rules =
                town.withDesks("anna").passport(told -> told.types = List.of(DESK, CAMERA)).rules();

        assertThat(times(rules, MONDAY)).isEmpty();
        assertThat(obstacles(rules, nine)).containsExactly(new Obstacle.NoPlaces(CAMERA));
    }

    @Test
    void a_desk_for_several_is_guarded_like_a_pool() {
        var rules = town.withPool("rooms", DESK, null, deskFor("hall", 2)).rules();
        diary.busy("hall", nine, 30);

        assertThat(placesLeft(rules)).containsExactly(1, 2, 2, 2);
        diary.busy("hall", nine, 30);
        assertThat(placesLeft(rules)).containsExactly(2, 2, 2);
    }

    @Test
    void a_pool_with_fewer_places_than_are_taken_offers_nothing_and_breaks_nothing() {
        var rules = town.withCounters(1).withPool("more", DESK, 2).rules();
        diary.busy("counters", 3, nine, 30).busy("more", 5, halfPastNine, 30);

        assertThat(placesLeft(rules)).containsExactly(2, 1, 3, 3);
    }

    // Closures and working hours of places

    @Test
    void a_closed_pool_a_closed_desk_and_an_absent_one_are_told_where_nobody_else_is_there() {
        var works = closure("2026-06-01T09:00", "2026-06-01T10:00");
        var rules =
                town.withPool("old", DESK, null, List.of(works), desk("otto"))
                        .withPool(
                                "new",
                                DESK,
                                null,
                                desk("anna", works),
                                desk("bert", daily("10:00", "11:00")))
                        .rules();

        assertThat(times(rules, MONDAY)).containsExactly("10:00", "10:30");
        assertThat(obstacles(rules, nine))
                .containsExactly(
                        new Obstacle.PoolClosed(PoolId.of("old"), works),
                        new Obstacle.ResourceClosed(ResourceId.of("anna"), works),
                        new Obstacle.OutsideWorkingHours(ResourceId.of("bert")));
    }

    @Test
    void a_closed_desk_is_no_obstacle_while_another_is_there() {
        var works = closure("2026-06-01T09:00", "2026-06-01T10:00");
        var rules = town.withPool("desks", DESK, null, desk("anna", works), desk("bert")).rules();

        assertThat(obstacles(rules, nine)).isEmpty();
        assertThat(placesLeft(rules)).containsExactly(1, 1, 2, 2);
    }

    // Choice

    @Test
    void the_desk_with_the_least_booked_of_the_day_is_taken() {
        var rules = town.withDesks("anna", "bert", "cleo").rules();
        diary.busy("anna", ten, 60).busy("bert", ten, 30).busy("cleo", ten, 45);

        assertThat(places(rules, nine)).containsExactly("bert");
    }

    @Test
    void of_desks_with_as_much_booked_the_first_is_taken() {
        var rules = town.withDesks("bert", "anna").rules();
        diary.busy("anna", ten, 30).busy("bert", ten, 30);

        assertThat(places(rules, nine)).containsExactly("bert");
    }

    @Test
    void buffers_and_other_days_do_not_count_as_booked() {
        var rules = town.withDesks("anna", "bert").rules();
        diary.busy("anna", town.at("2026-05-31T22:00"), 119)
                .busy("anna", town.at("2026-06-02T00:00"), 60)
                .busy("bert", ten, 2);
        diary.write(
                PlacesId.of("anna"),
                new Busy(
                        diary.nextHolder(),
                        1,
                        town.at("2026-06-01T10:00"),
                        town.at("2026-06-01T10:59"),
                        town.at("2026-06-01T10:30"),
                        town.at("2026-06-01T10:31"),
                        null));

        assertThat(places(rules, nine)).containsExactly("anna");
    }

    @Test
    void of_a_visit_over_midnight_only_the_part_of_the_day_counts_as_booked() {
        var rules = town.withDesks("anna", "bert").rules();
        diary.busy("anna", town.at("2026-05-31T20:00"), 245).busy("bert", ten, 6);

        assertThat(places(rules, nine)).containsExactly("anna");
    }

    @Test
    void the_pool_with_the_most_free_places_is_taken_the_first_on_a_tie() {
        var rules = town.withPool("left", DESK, 2).withPool("right", DESK, 2).rules();

        assertThat(places(rules, nine)).containsExactly("left");
        diary.busy("left", nine, 30);
        assertThat(places(rules, nine)).containsExactly("right");
        assertThat(places(rules, ten)).containsExactly("left");
    }

    @Test
    void a_requested_desk_is_the_only_one_that_counts() {
        var asking =
                town.withDesks("anna", "bert").withCounters(7).passport(t -> t.selectable = true);
        var rules = asking.rulesFor("bert");
        diary.busy("bert", nine, 30);

        assertThat(times(rules, diary, MONDAY)).containsExactly("09:30", "10:00", "10:30");
        assertThat(placesLeft(rules)).containsExactly(1, 1, 1);
        assertThat(places(rules, ten)).containsExactly("bert");
        assertThat(rules.candidates())
                .containsExactly(
                        new Candidate(
                                PlacesId.of("bert"), PoolId.of("desks"), ResourceId.of("bert"), 1));
    }

    @Test
    void where_the_customer_may_choose_the_free_desks_are_named() {
        var rules = town.withDesks("anna", "bert").passport(t -> t.selectable = true).rules();
        diary.busy("anna", nine, 30);

        assertThat(slots(rules, diary, MONDAY))
                .extracting(FreeSlot::freeResources)
                .startsWith(
                        List.of(ResourceId.of("bert")),
                        List.of(ResourceId.of("anna"), ResourceId.of("bert")));
    }

    @Test
    void where_the_customer_may_not_choose_no_desk_is_named() {
        var rules = town.withDesks("anna", "bert").rules();

        assertThat(slots(rules, diary, MONDAY))
                .allSatisfy(slot -> assertThat(slot.freeResources()).isEmpty());
    }

    // Holds

    @Test
    void a_hold_takes_its_place_until_the_instant_it_lapses_and_not_a_moment_longer() {
        var rules = town.withDesks("anna").rules();
        diary.hold(rules, nine, NOW, NOW.plusSeconds(60));

        assertThat(times(rules, diary, MONDAY)).doesNotContain("09:00");
        var lapse = NOW.plusSeconds(60);
        assertThat(SlotEngine.allocate(rules, diary, nine, lapse.minusNanos(1000))).isEmpty();
        assertThat(SlotEngine.allocate(rules, diary, nine, lapse)).isPresent();
        assertThat(SlotEngine.freeSlots(rules, diary, lapse, MONDAY, MONDAY)).hasSize(4);
        assertThat(SlotEngine.freeSlots(rules, diary, lapse.minusNanos(1000), MONDAY, MONDAY))
                .hasSize(3);
    }

    @Test
    void a_lapsed_hold_does_not_count_as_booked() {
        var rules = town.withDesks("anna", "bert").rules();
        diary.hold(rules, ten, NOW, NOW);

        assertThat(places(rules, nine)).containsExactly("anna");
    }

    @Test
    void giving_back_frees_exactly_what_was_taken() {
        var rules = town.withCounters(1).rules();
        diary.book(rules, nine, NOW);
        var second = diary.book(rules, ten, NOW);
        assertThat(second).isNotNull();
        if (second != null) {
            diary.giveBack(second);
        }

        assertThat(times(rules, diary, MONDAY)).containsExactly("09:30", "10:00", "10:30");
    }

    @Test
    void taken_places_are_explained_by_who_is_there() {
        var rules = town.withDesks("anna").rules();
        var holder = diary.book(rules, nine, NOW);
        var end = nine.plus(rules.length());

        assertThat(SlotEngine.explain(rules, diary, nine, end, NOW))
                .singleElement()
                .satisfies(
                        told ->
                                assertThat(((Obstacle.Taken) told).by())
                                        .singleElement()
                                        .isEqualTo(holder));
    }

    @Test
    void alternatives_come_nearest_first_and_the_earlier_on_a_tie() {
        var rules = town.withDesks("anna").rules();
        diary.book(rules, ten, NOW);

        assertThat(SlotEngine.nearest(rules, diary, NOW, ten, 4))
                .extracting(TimeRange::start)
                .containsExactly(
                        halfPastNine,
                        town.at("2026-06-01T10:30"),
                        nine,
                        town.at("2026-06-02T09:00"));
    }
}
