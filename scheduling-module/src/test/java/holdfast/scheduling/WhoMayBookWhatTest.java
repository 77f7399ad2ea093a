package holdfast.scheduling;

import static holdfast.scheduling.Slots.MONDAY;
import static holdfast.scheduling.Slots.times;
import static holdfast.scheduling.Town.PASSPORT;
import static holdfast.scheduling.Town.TOWN_HALL;
import static holdfast.scheduling.Town.aBranchOpen;
import static holdfast.scheduling.Town.times;
import static holdfast.scheduling.Town.wish;
import static holdfast.scheduling.Town.wishOf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What is refused before any time is looked at; notice and horizon (rule 2.8); the desk's rights.
 */
class WhoMayBookWhatTest {

    private final Town town = aBranchOpen("09:00", "11:00").withDesks("anna");

    private Refusal refusalOf(VisitWish wish) {
        return refusalOf(wish, Audience.PUBLIC);
    }

    private Refusal refusalOf(VisitWish wish, Audience audience) {
        return catchThrowableOfType(Refused.class, () -> town.rules(wish, audience)).reason();
    }

    @Test
    void unknown_branches_services_and_resources_are_refused_by_name() {
        town.passport(told -> told.selectable = true).offer("elsewhere", t -> t.offered = false);
        var nowhere = BranchId.of("nowhere");

        assertThat(refusalOf(new VisitWish(nowhere, List.of(times(1, "passport")), null)))
                .isEqualTo(new SchedulingRefusal.UnknownBranch(nowhere));
        assertThat(refusalOf(wishOf(times(1, "tattoo"))))
                .isEqualTo(new SchedulingRefusal.UnknownService(ServiceId.of("tattoo")));
        assertThat(refusalOf(wishOf(times(1, "elsewhere"))))
                .isEqualTo(
                        new SchedulingRefusal.ServiceNotOffered(
                                ServiceId.of("elsewhere"), TOWN_HALL));
        assertThat(refusalOf(wish(1, "zorro")))
                .isEqualTo(new SchedulingRefusal.UnknownResource(ResourceId.of("zorro")));
    }

    @Test
    void a_desk_of_a_pool_that_does_not_serve_is_unknown_here() {
        town.withPool("vault", Town.DESK, null, Town.desk("otto"))
                .passport(
                        told -> {
                            told.selectable = true;
                            told.pools = List.of(PoolId.of("desks"));
                        });

        assertThat(refusalOf(wish(1, "otto")))
                .isEqualTo(new SchedulingRefusal.UnknownResource(ResourceId.of("otto")));
    }

    @Test
    void the_count_lies_between_one_and_the_most_the_branch_takes() {
        town.passport(told -> told.most = 3);
        assertThat(refusalOf(wish(0, null)))
                .isEqualTo(new SchedulingRefusal.CountOutOfRange(PASSPORT, 0, 3));
        assertThat(refusalOf(wish(4, null)))
                .isEqualTo(new SchedulingRefusal.CountOutOfRange(PASSPORT, 4, 3));
        assertThat(town.rules(3).length()).isEqualTo(Duration.ofMinutes(90));

        town.passport(told -> told.mostHere = 1);
        assertThat(refusalOf(wish(2, null)))
                .isEqualTo(new SchedulingRefusal.CountOutOfRange(PASSPORT, 2, 1));
    }

    @Test
    void no_sum_of_counts_hides_an_impossible_one() {
        assertThat(refusalOf(wishOf(times(-1, "passport"), times(3, "passport"))))
                .isInstanceOf(SchedulingRefusal.CountOutOfRange.class);
        assertThat(
                        refusalOf(
                                wishOf(
                                        times(Integer.MAX_VALUE, "passport"),
                                        times(Integer.MAX_VALUE, "passport"),
                                        times(5, "passport"))))
                .isInstanceOf(SchedulingRefusal.CountOutOfRange.class);
    }

    @Test
    void a_wish_for_a_desk_is_refused_where_the_service_leaves_no_choice() {
        assertThat(refusalOf(wish(1, "anna")))
                .isEqualTo(new SchedulingRefusal.ResourceNotSelectable(PASSPORT));
    }

    @Test
    void what_is_not_bookable_online_is_for_the_desk_to_book() {
        town.passport(told -> told.onlineHere = false);

        assertThat(refusalOf(wish(1, null)))
                .isEqualTo(new SchedulingRefusal.NotBookableOnline(PASSPORT, TOWN_HALL));
        assertThat(times(town.rules(wish(1, null), Audience.STAFF), MONDAY)).isNotEmpty();
    }

    // Combinations

    @Test
    void several_services_need_the_setting_and_the_set() {
        town.offer("photo", told -> {}).offer("fishing", told -> {});
        var both = wishOf(times(1, "passport"), times(1, "photo"));
        assertThat(refusalOf(both)).isEqualTo(new SchedulingRefusal.CombinationsSwitchedOff());

        town.combining("passport", "fishing");
        assertThat(refusalOf(both))
                .isEqualTo(
                        new SchedulingRefusal.NotCombined(
                                List.of(PASSPORT, ServiceId.of("photo")), TOWN_HALL));

        town.combining("photo", "fishing", "passport");
        assertThat(town.rules(both, Audience.PUBLIC).length()).isEqualTo(Duration.ofMinutes(60));
    }

    @Test
    void one_pool_serves_all_services_of_a_visit() {
        town.withCounters(3)
                .offer("photo", told -> told.pools = List.of(PoolId.of("counters")))
                .combining("passport", "photo");
        var rules = town.rules(wishOf(times(1, "passport"), times(1, "photo")), Audience.PUBLIC);

        assertThat(rules.candidates())
                .extracting(Candidate::pool)
                .containsExactly(PoolId.of("counters"));
    }

    @Test
    void the_service_hours_of_a_combination_are_intersected() {
        town.passport(told -> told.hours.add(Town.daily("09:00", "10:30")))
                .offer("photo", told -> told.hours.add(Town.daily("09:30", "11:00")))
                .combining("passport", "photo");
        var rules = town.rules(wishOf(times(1, "passport"), times(1, "photo")), Audience.PUBLIC);

        assertThat(times(rules, MONDAY)).containsExactly("09:30");
    }

    // Notice and horizon

    private final LocalDate today = LocalDate.parse("2026-06-01");

    private List<Instant> offered(Audience audience, Instant now, LocalDate to) {
        return SlotEngine.freeSlots(
                        town.rules(wish(1, null), audience), Occupancy.NONE, now, today, to)
                .stream()
                .map(FreeSlot::start)
                .toList();
    }

    @Test
    void a_start_exactly_at_the_end_of_the_notice_is_offered_and_none_before() {
        town.withNotice(60);
        var eight = town.at("2026-06-01T08:00");

        assertThat(offered(Audience.PUBLIC, eight, today)).startsWith(town.at("2026-06-01T09:00"));
        assertThat(offered(Audience.PUBLIC, eight.plusNanos(1000), today))
                .startsWith(town.at("2026-06-01T09:30"));
        var nine = town.at("2026-06-01T09:00");
        assertThat(
                        SlotEngine.obstacles(
                                town.rules(), nine, nine.plusSeconds(1800), eight.plusNanos(1000)))
                .containsExactly(new Obstacle.TooSoon(nine.plusNanos(1000)));
    }

    @Test
    void a_horizon_of_none_means_today_only() {
        town.withHorizon(0);

        assertThat(offered(Audience.PUBLIC, town.at("2026-06-01T00:00"), today.plusDays(9)))
                .hasSize(4);
    }

    @Test
    void the_horizon_counts_local_dates_of_the_branch() {
        town.withHorizon(1);
        var lateOnMonday = town.at("2026-06-01T23:59");
        var tuesday = town.at("2026-06-02T10:30");
        var wednesday = town.at("2026-06-03T09:00");

        assertThat(offered(Audience.PUBLIC, lateOnMonday, today.plusDays(9)))
                .hasSize(4)
                .endsWith(tuesday);
        assertThat(
                        SlotEngine.obstacles(
                                town.rules(), wednesday, wednesday.plusSeconds(1800), lateOnMonday))
                .containsExactly(new Obstacle.BeyondHorizon(today.plusDays(1)));
        assertThat(offered(Audience.PUBLIC, lateOnMonday.plusSeconds(60), today.plusDays(9)))
                .hasSize(8);
    }

    @Test
    void the_desk_passes_notice_and_horizon_but_neither_the_past_nor_a_taken_place() {
        town.withNotice(600).withHorizon(0);
        var nine = town.at("2026-06-01T09:00");

        assertThat(offered(Audience.STAFF, nine, today)).startsWith(nine).hasSize(4);
        assertThat(offered(Audience.STAFF, nine.plusNanos(1000), today)).hasSize(3);
        assertThat(offered(Audience.STAFF, nine, today.plusDays(90))).hasSize(4 * 91);
        var diary = new Diary();
        var rules = town.rules(wish(1, null), Audience.STAFF);
        diary.book(rules, nine, nine);
        assertThat(diary.book(rules, nine, nine)).isNull();
    }

    @Test
    void instants_that_have_no_date_here_are_refused_like_any_other() {
        var rules = town.rules();
        for (var start :
                List.of(
                        Instant.MIN,
                        Instant.MAX,
                        Instant.parse("-100000-01-01T00:00:00Z"),
                        Instant.parse("+999999999-12-31T23:59:59Z"))) {
            assertThat(SlotEngine.obstacles(rules, start, start, Slots.NOW)).isNotEmpty();
            assertThat(SlotEngine.explain(rules, Occupancy.NONE, start, start, Slots.NOW))
                    .isNotEmpty();
            assertThat(SlotEngine.nearest(rules, Occupancy.NONE, Slots.NOW, start, 3)).hasSize(3);
        }
    }
}
