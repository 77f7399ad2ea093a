package holdfast.scheduling;

import static java.time.DayOfWeek.MONDAY;

import holdfast.catalogue.WallTime;
import holdfast.catalogue.WeeklyWindow;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * Where wall times lie on the time-line.
 *
 * <p>In the gap of a clock change a wall time moves forward by the gap; where it comes twice, the
 * first counts.
 */
record WallClock(ZoneId zone) {

    private static final int MINUTES_OF_A_DAY = WallTime.END_OF_DAY.minuteOfDay();

    long at(LocalDate date, WallTime time) {
        var day = date.plusDays(time.minuteOfDay() / MINUTES_OF_A_DAY);
        var clock = LocalTime.ofSecondOfDay(time.minuteOfDay() % MINUTES_OF_A_DAY * 60L);
        return day.atTime(clock).atZone(zone).toEpochSecond();
    }

    /** From the first instant of the date to the first of the next one. */
    Span day(LocalDate date) {
        return new Span(midnight(date), midnight(date.plusDays(1)));
    }

    long midnight(LocalDate date) {
        return at(date, WallTime.MIDNIGHT);
    }

    /** The end of the date at this instant, or an earlier change of the clock. */
    Instant dateLastsUntil(Instant instant) {
        var midnight =
                LocalDate.ofInstant(instant, zone).plusDays(1).atStartOfDay(zone).toInstant();
        var change = zone.getRules().nextTransition(instant);
        return change != null && change.getInstant().isBefore(midnight)
                ? change.getInstant()
                : midnight;
    }

    /**
     * The window that begins on the date; it may be turned round by a gap, and is none then.
     *
     * @param to not after {@code from}: on the next date
     */
    Span window(LocalDate date, WallTime from, WallTime to) {
        var ends = to.minuteOfDay() > from.minuteOfDay() ? date : date.plusDays(1);
        return new Span(at(date, from), at(ends, to));
    }

    /** The weekly windows that begin on the date, joined. */
    List<Span> windows(LocalDate date, List<WeeklyWindow> weekly) {
        return Span.joined(
                weekly.stream()
                        .filter(window -> beginsOn(date, window))
                        .map(window -> window(date, window.from(), window.to()))
                        .filter(window -> window.from() < window.to())
                        .toList());
    }

    private static boolean beginsOn(LocalDate date, WeeklyWindow window) {
        var validFrom = window.validFrom();
        var validTo = window.validTo();
        if (!window.days().contains(date.getDayOfWeek())
                || validFrom != null && date.isBefore(validFrom)
                || validTo != null && date.isAfter(validTo)) {
            return false;
        }
        var everyWeeks = window.everyWeeks();
        if (everyWeeks == null || validFrom == null) {
            return true;
        }
        var firstWeek = validFrom.with(TemporalAdjusters.previousOrSame(MONDAY));
        return ChronoUnit.WEEKS.between(firstWeek, date) % everyWeeks == 0;
    }
}
