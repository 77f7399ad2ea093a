package holdfast.scheduling;

import static holdfast.scheduling.Slots.starts;
import static holdfast.scheduling.Town.aBranchOpen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;

/** Section 3, in five zones, at both changes of each. */
class WhenClocksChangeTest {

    private static Town aTown(String zone, String from, String to, int minutes) {
        return aBranchOpen(from, to)
                .in(zone)
                .withDesks("anna")
                .passport(told -> told.minutes = minutes);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,       2026-03-29, 23.0",
        "Europe/Berlin,       2026-10-25, 25.0",
        "America/New_York,    2026-03-08, 23.0",
        "America/New_York,    2026-11-01, 25.0",
        "Australia/Lord_Howe, 2026-10-04, 23.5",
        "Australia/Lord_Howe, 2026-04-05, 24.5",
        "America/Santiago,    2026-09-06, 23.0",
        "America/Santiago,    2026-04-04, 25.0",
        "Asia/Kolkata,        2026-03-29, 24.0"
    })
    void a_day_around_the_clock_is_as_long_as_it_really_is(String zone, String date, double hours) {
        var starts = starts(aTown(zone, "00:00", "24:00", 30).rules(), date);

        assertThat(starts).hasSize((int) (hours * 2)).doesNotHaveDuplicates();
        var instants =
                starts.stream().map(start -> OffsetDateTime.parse(start).toInstant()).toList();
        for (int i = 1; i < instants.size(); i++) {
            assertThat(Duration.between(instants.get(i - 1), instants.get(i)))
                    .isEqualTo(Duration.ofMinutes(30));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,       2026-03-29, 01:00+01:00 03:00+02:00 04:00+02:00",
        "Europe/Berlin,       2026-10-25, 01:00+02:00 02:00+02:00 02:00+01:00 03:00+01:00"
                + " 04:00+01:00",
        "America/New_York,    2026-03-08, 01:00-05:00 03:00-04:00 04:00-04:00",
        "America/New_York,    2026-11-01, 01:00-04:00 01:00-05:00 02:00-05:00 03:00-05:00"
                + " 04:00-05:00",
        "Australia/Lord_Howe, 2026-10-04, 01:00+10:30 02:30+11:00 03:30+11:00",
        "Australia/Lord_Howe, 2026-04-05, 01:00+11:00 01:30+10:30 02:30+10:30 03:30+10:30",
        "Asia/Kolkata,        2026-03-29, 01:00+05:30 02:00+05:30 03:00+05:30 04:00+05:30"
    })
    void hours_over_the_change_are_stepped_through_in_elapsed_time(
            String zone, String date, String times) {
        assertThat(starts(aTown(zone, "01:00", "05:00", 60).rules(), date))
                .containsExactly(
                        Arrays.stream(times.split(" "))
                                .map(time -> date + "T" + time)
                                .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,       2026-03-29, 03:30+02:00 04:00+02:00",
        "America/New_York,    2026-03-08, 03:30-04:00 04:00-04:00",
        "Europe/Berlin,       2026-10-25, 02:30+02:00 02:00+01:00 02:30+01:00 03:00+01:00"
                + " 03:30+01:00 04:00+01:00"
    })
    void a_beginning_in_the_gap_moves_on_by_the_gap_and_one_that_comes_twice_is_the_first(
            String zone, String date, String times) {
        assertThat(starts(aTown(zone, "02:30", "04:30", 30).rules(), date))
                .containsExactly(
                        Arrays.stream(times.split(" "))
                                .map(time -> date + "T" + time)
                                .toArray(String[]::new));
    }

    @Test
    void a_beginning_in_lord_howes_half_hour_gap_moves_on_by_half_an_hour() {
        var town = aTown("Australia/Lord_Howe", "02:10", "03:10", 15);

        // 02:10 is 02:40 there; the window has half an hour left
        assertThat(starts(town.rules(), "2026-10-04"))
                .containsExactly("2026-10-04T02:40+11:00", "2026-10-04T02:55+11:00");
    }

    @Test
    void a_midnight_that_does_not_exist_is_one_o_clock() {
        var town = aTown("America/Santiago", "00:00", "02:00", 30);

        assertThat(starts(town.rules(), "2026-09-06"))
                .containsExactly("2026-09-06T01:00-03:00", "2026-09-06T01:30-03:00");
    }

    @Test
    void a_night_over_the_midnight_gap_is_an_hour_shorter() {
        var town = aTown("America/Santiago", "22:00", "03:00", 60);

        assertThat(starts(town.rules(), "2026-09-05"))
                .endsWith("2026-09-05T22:00-04:00", "2026-09-05T23:00-04:00");
        assertThat(starts(town.rules(), "2026-09-06"))
                .startsWith("2026-09-06T01:00-03:00", "2026-09-06T02:00-03:00");
    }

    @Test
    void an_evening_whose_last_hour_comes_twice_is_an_hour_longer() {
        var town = aTown("America/Santiago", "22:00", "24:00", 60);

        assertThat(starts(town.rules(), "2026-04-04"))
                .containsExactly(
                        "2026-04-04T22:00-03:00",
                        "2026-04-04T23:00-03:00",
                        "2026-04-04T23:00-04:00");
    }

    @Test
    void a_window_turned_round_by_the_gap_is_none() {
        var town = aTown("Europe/Berlin", "02:45", "03:15", 10);

        assertThat(starts(town.rules(), "2026-03-28")).hasSize(3);
        assertThat(starts(town.rules(), "2026-03-29")).isEmpty();
    }

    @Test
    void an_appointment_over_the_change_lasts_its_minutes() {
        var town = aTown("Europe/Berlin", "01:30", "06:00", 60);
        var rules = town.rules();
        var day = LocalDate.parse("2026-03-29");
        var now = town.at("2026-03-20T00:00");

        assertThat(SlotEngine.freeSlots(rules, Occupancy.NONE, now, day, day))
                .allSatisfy(
                        slot ->
                                assertThat(Duration.between(slot.start(), slot.end()))
                                        .isEqualTo(Duration.ofMinutes(60)))
                .first()
                .satisfies(slot -> assertThat(slot.end()).isEqualTo(town.at("2026-03-29T03:30")));
    }

    @Test
    void both_hours_that_read_alike_can_be_booked_each_once() {
        var town = aTown("Europe/Berlin", "02:00", "03:00", 60);
        var rules = town.rules();
        var now = town.at("2026-10-20T00:00");
        var summer = OffsetDateTime.parse("2026-10-25T02:00+02:00").toInstant();
        var winter = OffsetDateTime.parse("2026-10-25T02:00+01:00").toInstant();
        var diary = new Diary();

        assertThat(diary.book(rules, summer, now)).isNotNull();
        assertThat(diary.book(rules, summer, now)).isNull();
        assertThat(SlotEngine.obstacles(rules, winter, winter.plusSeconds(3600), now)).isEmpty();
        assertThat(diary.book(rules, winter, now)).isNotNull();
    }

    @Test
    void afternoons_of_the_day_of_change_are_as_ever() {
        assertThat(starts(aTown("Europe/Berlin", "13:00", "15:00", 60).rules(), "2026-03-29"))
                .containsExactly("2026-03-29T13:00+02:00", "2026-03-29T14:00+02:00");
    }

    @Test
    void hours_around_the_clock_keep_nothing_out_where_midnight_does_not_exist() {
        var town = aTown("America/Santiago", "22:00", "03:00", 240);
        town.passport(told -> told.hours.add(Town.daily("00:00", "24:00")));

        assertThat(starts(town.rules(), "2026-09-05")).containsExactly("2026-09-05T22:00-04:00");
    }
}
