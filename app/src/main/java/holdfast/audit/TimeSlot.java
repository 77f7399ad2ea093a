package holdfast.audit;

import holdfast.scheduling.TimeRange;

import java.time.OffsetDateTime;
import java.time.ZoneId;

/** From {@code startTime} (inclusive) to {@code endTime} (exclusive), in the branch's offset. */
public record TimeSlot(OffsetDateTime startTime, OffsetDateTime endTime) {

    /**
     * @param zone the branch's
     */
    public static TimeSlot of(TimeRange range, ZoneId zone) {
        return new TimeSlot(
                range.start().atZone(zone).toOffsetDateTime(),
                range.end().atZone(zone).toOffsetDateTime());
    }
}
