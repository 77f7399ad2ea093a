package holdfast.scheduling;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What one reservation takes of the places of one {@link PlacesId}.
 *
 * @param holder a holder has at most one of these per places
 * @param units how many places; positive
 * @param busyFrom start less the buffer before, inclusive
 * @param busyTo end plus the buffer after, exclusive
 * @param start of the appointment itself, inclusive
 * @param end of the appointment itself, exclusive
 * @param holdUntil from this instant on it takes nothing; null: confirmed, so it never lapses
 */
public record Busy(
        ReservationId holder,
        int units,
        Instant busyFrom,
        Instant busyTo,
        Instant start,
        Instant end,
        @Nullable Instant holdUntil) {

    public Busy {
        // there are many of these, and most have no buffers
        busyFrom = busyFrom.equals(start) ? start : busyFrom;
        busyTo = busyTo.equals(end) ? end : busyTo;
    }

    /** The same with another end of the hold. */
    public Busy until(@Nullable Instant anotherHoldUntil) {
        return new Busy(holder, units, busyFrom, busyTo, start, end, anotherHoldUntil);
    }

    /** Whether it takes its places at this instant of booking. */
    public boolean isInForce(Instant now) {
        return holdUntil == null || now.isBefore(holdUntil);
    }

    /** How long it keeps its places busy, buffers included. */
    Span stretch() {
        return Span.of(busyFrom, busyTo);
    }
}
