package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonFormat;

import java.time.OffsetDateTime;

/**
 * A range of instants in which a virtual pool has another number of places, fewer or more. The
 * offsets stay as the author wrote them, also in JSON.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param capacity how many places there are meanwhile; 0: none
 * @param reason for people
 */
public record TemporaryCapacity(
        @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                OffsetDateTime from,
        @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                OffsetDateTime to,
        int capacity,
        String reason) {}
