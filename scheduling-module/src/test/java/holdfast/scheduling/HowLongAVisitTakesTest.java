package holdfast.scheduling;

import static holdfast.scheduling.Slots.MONDAY;
import static holdfast.scheduling.Slots.times;
import static holdfast.scheduling.Town.aBranchOpen;
import static holdfast.scheduling.Town.times;
import static holdfast.scheduling.Town.wishOf;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.Occurrences;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Rules 2.1 and 2.2. */
class HowLongAVisitTakesTest {

    private final Town town = aBranchOpen("09:00", "12:00").withDesks("anna");

    @Test
    void each_further_person_adds_the_additional_duration() {
        town.passport(told -> told.additional = 10);

        assertThat(town.rules(1).length()).isEqualTo(Duration.ofMinutes(30));
        assertThat(town.rules(3).length()).isEqualTo(Duration.ofMinutes(50));
    }

    @Test
    void without_an_additional_duration_each_takes_the_duration_again() {
        assertThat(town.rules(3).length()).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void a_branch_may_take_its_own_time() {
        town.passport(
                told -> {
                    told.minutesHere = 20;
                    told.additionalHere = 5;
                });

        assertThat(town.rules(2).length()).isEqualTo(Duration.ofMinutes(25));
        assertThat(times(town.rules(1), MONDAY)).startsWith("09:00", "09:20", "09:40");
    }

    @Test
    void a_party_that_would_stay_past_closing_is_not_offered_the_late_starts() {
        town.passport(told -> told.interval = 10);

        assertThat(times(town.rules(1), MONDAY)).endsWith("11:20", "11:30");
        assertThat(times(town.rules(2), MONDAY)).endsWith("10:50", "11:00");
    }

    @Test
    void side_by_side_many_take_no_longer_than_one() {
        town.withCounters(4).passport(told -> told.occurrences = Occurrences.PARALLEL);

        assertThat(town.rules(3).length()).isEqualTo(Duration.ofMinutes(30));
        assertThat(town.rules(3).units()).isEqualTo(3);
    }

    @Test
    void several_services_take_the_sum_of_their_times_and_the_widest_of_their_rest() {
        town.combining("passport", "photo")
                .passport(
                        told -> {
                            told.before = 5;
                            told.after = 10;
                        })
                .offer(
                        "photo",
                        told -> {
                            told.minutes = 10;
                            told.before = 15;
                            told.interval = 20;
                        });
        var rules = town.rules(wishOf(times(2, "passport"), times(3, "photo")), Audience.PUBLIC);
        var start = town.at("2026-06-01T09:20");

        assertThat(rules.length()).isEqualTo(Duration.ofMinutes(60 + 30));
        assertThat(times(rules, MONDAY))
                .containsExactly("09:00", "09:20", "09:40", "10:00", "10:20");
        assertThat(rules.busyFrom(start)).isEqualTo(town.at("2026-06-01T09:05"));
        assertThat(rules.busyTo(start)).isEqualTo(town.at("2026-06-01T11:00"));
    }

    @Test
    void in_a_combination_each_service_keeps_its_mode_and_the_widest_decides_the_places() {
        town.withCounters(4)
                .combining("passport", "photo")
                .passport(told -> told.occurrences = Occurrences.PARALLEL)
                .offer("photo", told -> told.minutes = 10);
        var rules = town.rules(wishOf(times(3, "passport"), times(2, "photo")), Audience.PUBLIC);

        assertThat(rules.units()).isEqualTo(3);
        assertThat(rules.length()).isEqualTo(Duration.ofMinutes(30 + 20));
    }

    @Test
    void a_service_named_twice_is_wanted_that_many_times() {
        var rules = town.rules(wishOf(times(1, "passport"), times(2, "passport")), Audience.PUBLIC);

        assertThat(rules.length()).isEqualTo(Duration.ofMinutes(90));
    }
}
