package holdfast.audit.past;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import holdfast.catalogue.Unsuitable;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A moment as somebody names it: the number of an event, or an instant with an offset.
 *
 * <p>A number means: after that event. An instant means: after the last event that was recorded at
 * or before it. Times of events do not quite follow their numbers, since a transaction that began
 * earlier may have got its number later; the number counts.
 */
public record PointInTime(@JsonValue String text) {

    public PointInTime {
        if (position(text) == null && instant(text) == null) {
            throw new Unsuitable(
                    "must be the number of an event, or an instant with an offset such as"
                            + " 2026-10-25T02:30:00Z");
        }
    }

    @JsonCreator
    public static PointInTime of(String text) {
        return new PointInTime(text);
    }

    /** Null if it is an instant. */
    public @Nullable Long position() {
        return position(text);
    }

    /** Null if it is a number; in microseconds, as events are recorded. */
    @Nullable Instant instant() {
        return instant(text);
    }

    private static @Nullable Long position(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
