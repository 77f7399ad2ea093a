package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonFormat;

import java.time.OffsetDateTime;

/**
 * A range of instants in which a branch, a service at a branch, a pool or one resource is not
 * available. The offsets stay as the author wrote them, also in JSON.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 */
public record Closure(
        @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                OffsetDateTime from,
        @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                OffsetDateTime to,
        String reason) {}
