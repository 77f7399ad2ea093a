package holdfast.catalogue;

import java.time.LocalDate;
import java.util.List;

/** The days on which the branches that share it are closed, unless a special day says otherwise. */
public record HolidayCalendar(HolidayCalendarId id, List<Holiday> days) {

    /** One day, whole, in the branch's zone. */
    public record Holiday(LocalDate date, String name) {}
}
