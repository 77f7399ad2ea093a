package holdfast.scheduling.web;

import holdfast.scheduling.TimeRange;

import java.time.OffsetDateTime;
import java.time.ZoneId;

/** From {@code startTime} (inclusive) to {@code endTime} (exclusive), in the branch's offset. */
record Slot(OffsetDateTime startTime, OffsetDateTime endTime) {

    static Slot of(TimeRange range, ZoneId zone) {
        return new Slot(
                range.start().atZone(zone).toOffsetDateTime(),
                range.end().atZone(zone).toOffsetDateTime());
    }
}
