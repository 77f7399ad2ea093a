package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/**
 * A date whose windows replace the weekly ones, also on a holiday; no windows: the day is closed.
 *
 * @param reason why, for people; null if nobody said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SpecialDay(LocalDate date, List<Window> windows, @Nullable String reason) {

    /** A stretch of wall time; {@code to} not after {@code from} means the next day. */
    public record Window(WallTime from, WallTime to) {}
}
