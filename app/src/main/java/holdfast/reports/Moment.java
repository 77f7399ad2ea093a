package holdfast.reports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import holdfast.catalogue.Unsuitable;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * Up to which event something is asked for: the position of one, or an instant with an offset,
 * which means the last event that was recorded up to then.
 */
public record Moment(@JsonValue String text) {

    public Moment {
        if (positionIn(text) == null && instantIn(text) == null) {
            throw new Unsuitable(
                    "must be a position of the log such as %s, or an instant with an offset such"
                            + " as %s",
                    "1200", "2026-10-25T02:30:00+01:00");
        }
    }

    @JsonCreator
    public static Moment of(String text) {
        return new Moment(text);
    }

    /** Null if it is an instant. */
    @Nullable Long position() {
        return positionIn(text);
    }

    /** Null if it is a position. */
    @Nullable Instant instant() {
        return instantIn(text);
    }

    private static @Nullable Long positionIn(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    private static @Nullable Instant instantIn(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
