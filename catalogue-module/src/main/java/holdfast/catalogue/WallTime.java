package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.regex.Pattern;

/**
 * A time on a branch's wall clock, to the minute: {@code 00:00} to {@code 24:00}, both inclusive.
 *
 * <p>{@code 24:00} is the end of a day, which {@link java.time.LocalTime} cannot say.
 *
 * @param minuteOfDay 0 to 1440
 */
public record WallTime(int minuteOfDay) {

    private static final Pattern FORM = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)|24:00");

    public static final WallTime MIDNIGHT = new WallTime(0);
    public static final WallTime END_OF_DAY = new WallTime(24 * 60);

    public WallTime {
        if (minuteOfDay < 0 || minuteOfDay > 24 * 60) {
            throw new Unsuitable(
                    "A wall time lies between 00:00 and 24:00: minute %d", minuteOfDay);
        }
    }

    /** Reads {@code HH:mm}. */
    @JsonCreator
    public static WallTime of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new Unsuitable("A wall time is HH:mm, 00:00 to 24:00: %s", text);
        }
        return new WallTime(
                Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3)));
    }

    @JsonValue
    @Override
    public String toString() {
        return "%02d:%02d".formatted(minuteOfDay / 60, minuteOfDay % 60);
    }
}
