package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/**
 * A stretch of wall time that comes back on days of the week: opening, service or working hours.
 *
 * <p>It belongs to the date on which it begins. {@code to} not after {@code from} means the next
 * day.
 *
 * @param validFrom first date on which it may begin, inclusive; null: since ever
 * @param validTo last date on which it may begin, inclusive; null: for ever
 * @param everyWeeks 2 means every second ISO week, counted from the week of {@code validFrom},
 *     which is then present; null: every week
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WeeklyWindow(
        List<DayOfWeek> days,
        WallTime from,
        WallTime to,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validTo,
        @Nullable Integer everyWeeks) {}
