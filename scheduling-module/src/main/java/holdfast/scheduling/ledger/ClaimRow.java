package holdfast.scheduling.ledger;

import holdfast.scheduling.Busy;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** One row of the ledger: one place of one reservation, for one stretch. */
record ClaimRow(
        PlacesId places,
        int place,
        int capacity,
        ReservationId reservation,
        TimeRange busy,
        TimeRange visit,
        @Nullable Instant holdUntil) {

    /** Whether it and the stretch share an instant. */
    boolean meets(TimeRange stretch) {
        return busy.start().isBefore(stretch.end()) && stretch.start().isBefore(busy.end());
    }

    /** The same for so many places. */
    Busy asBusy(int units) {
        return new Busy(
                reservation,
                units,
                busy.start(),
                busy.end(),
                visit.start(),
                visit.end(),
                holdUntil);
    }
}
