package holdfast.audit.past;

import holdfast.followers.LoggedEvent;

import java.time.Instant;

/**
 * An event by which something came to be so.
 *
 * @param position its number in the log
 * @param stream such as a reservation's id
 */
public record Cause(long position, String stream, String name, Instant recordedAt) {

    static Cause of(LoggedEvent event) {
        return new Cause(event.position(), event.stream(), event.name(), event.recordedAt());
    }
}
