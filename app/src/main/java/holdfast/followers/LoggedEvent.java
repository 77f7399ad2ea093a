package holdfast.followers;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One event as it stands in the log.
 *
 * @param position its number in the log, from 1; numbers may be missing
 * @param id of the event; unique
 * @param stream such as a reservation's id
 * @param sequence its number in its stream, from 0, without gaps
 * @param kind of the stream, such as {@code Reservation}
 * @param name the stored name
 * @param payload JSON
 * @param metadata JSON
 */
public record LoggedEvent(
        long position,
        String id,
        String stream,
        long sequence,
        @Nullable String kind,
        String name,
        @Nullable String revision,
        Instant recordedAt,
        byte[] payload,
        byte[] metadata) {}
