package holdfast.scheduling;

import holdfast.catalogue.Branch;
import holdfast.catalogue.HolidayCalendar;
import holdfast.catalogue.SpecialDay;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When a branch is open. A window belongs to the date on which it begins, so special days and
 * holidays leave the tail of the night before alone; windows of different dates stay apart.
 */
final class OpeningWindows {

    private final Branch branch;
    private final WallClock clock;
    private final Map<LocalDate, SpecialDay> specialDays = new HashMap<>();
    private final Map<LocalDate, HolidayCalendar.Holiday> holidays = new HashMap<>();

    OpeningWindows(Branch branch, @Nullable HolidayCalendar calendar, WallClock clock) {
        this.branch = branch;
        this.clock = clock;
        branch.specialDays().forEach(day -> specialDays.put(day.date(), day));
        if (calendar != null) {
            calendar.days().forEach(day -> holidays.put(day.date(), day));
        }
    }

    WallClock clock() {
        return clock;
    }

    /** The windows that begin on the date, joined and sorted. */
    List<Span> on(LocalDate date) {
        var special = specialDays.get(date);
        if (special != null) {
            return Span.joined(
                    special.windows().stream()
                            .map(window -> clock.window(date, window.from(), window.to()))
                            .filter(window -> window.from() < window.to())
                            .toList());
        }
        return holidays.containsKey(date) ? List.of() : usuallyOn(date);
    }

    private List<Span> usuallyOn(LocalDate date) {
        return clock.windows(date, branch.openingHours());
    }

    /**
     * All windows that have instants of the date in them: its own, and tails of the night before.
     */
    List<Span> reaching(LocalDate date) {
        var windows = new ArrayList<>(on(date.minusDays(1)));
        windows.addAll(on(date));
        return windows;
    }

    /** Why no window has this second in it. */
    List<Obstacle> whyClosed(LocalDate date, long second) {
        var reasons = new ArrayList<Obstacle>();
        for (var begins : List.of(date.minusDays(1), date)) {
            if (usuallyOn(begins).stream().anyMatch(window -> window.contains(second))) {
                reasons.add(whyClosed(begins));
            }
        }
        return reasons.isEmpty() ? List.of(whyClosed(date)) : reasons;
    }

    private Obstacle whyClosed(LocalDate date) {
        var special = specialDays.get(date);
        if (special != null) {
            return new Obstacle.ClosedOnSpecialDay(date, special.reason());
        }
        var holiday = holidays.get(date);
        return holiday == null
                ? new Obstacle.Closed(date)
                : new Obstacle.Holiday(date, holiday.name());
    }
}
