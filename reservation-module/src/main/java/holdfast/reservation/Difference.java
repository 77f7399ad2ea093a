package holdfast.reservation;

import org.jspecify.annotations.Nullable;

/**
 * Something that is not as the log says, or a log that cannot be right.
 *
 * @param reservation whose it is; or the stream, if it is no reservation's
 * @param what the column, as {@code register.status}, or the rule that was broken
 * @param log what the log says
 * @param found what there is instead; null if the log itself is wrong
 */
public record Difference(String reservation, String what, String log, @Nullable String found) {

    @Override
    public String toString() {
        return found == null
                ? "reservation %s: %s: %s".formatted(reservation, what, log)
                : "reservation %s: %s: log says %s, table says %s"
                        .formatted(reservation, what, log, found);
    }
}
