package holdfast.audit.past;

import java.time.Instant;

/**
 * A moment of the log.
 *
 * @param position number of the last event that belongs to it; 0: none does
 * @param instant by which deadlines, notice and horizon are judged
 */
public record Moment(long position, Instant instant) {}
