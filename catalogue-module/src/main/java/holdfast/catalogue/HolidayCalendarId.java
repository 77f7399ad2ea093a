package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one holiday calendar, which several branches may share. */
public record HolidayCalendarId(@JsonValue String text) {

    public HolidayCalendarId {
        IdText.check(text);
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static HolidayCalendarId of(String text) {
        return new HolidayCalendarId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
