package holdfast.scheduling;

import java.time.Instant;

/**
 * A stretch of the time-line from {@code start} (inclusive) to {@code end} (exclusive).
 *
 * <p>Half-open, so what ends at ten does not meet what starts at ten. A zone matters when a range
 * is made or shown, never here.
 *
 * @throws IllegalArgumentException if {@code end} is not after {@code start}
 */
public record TimeRange(Instant start, Instant end) {

    public TimeRange {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "A time range ends after it starts: %s/%s".formatted(start, end));
        }
    }
}
