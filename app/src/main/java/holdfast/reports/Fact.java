package holdfast.reports;

import holdfast.reservation.ChosenBy;
import holdfast.reservation.ReservationEvent;
import holdfast.reservation.ReservationEvent.Arrived;
import holdfast.reservation.ReservationEvent.Cancelled;
import holdfast.reservation.ReservationEvent.Completed;
import holdfast.reservation.ReservationEvent.Confirmed;
import holdfast.reservation.ReservationEvent.CustomerChanged;
import holdfast.reservation.ReservationEvent.Expired;
import holdfast.reservation.ReservationEvent.HandedOver;
import holdfast.reservation.ReservationEvent.HoldExtended;
import holdfast.reservation.ReservationEvent.Missed;
import holdfast.reservation.ReservationEvent.Released;
import holdfast.reservation.ReservationEvent.Rescheduled;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/**
 * What figures need to know of a reservation, as of one of its events. Nothing of a person.
 *
 * @param zone the branch's
 * @param chosen the resource that the customer asked for
 * @param askedAt when it was asked for the time that the visit has
 * @param endedAt since when it takes no places any more; null: it does
 * @param leadMinutes from confirming to the visit as it was confirmed, in whole minutes
 */
record Fact(
        UUID reservation,
        String tenant,
        String branch,
        ZoneId zone,
        List<ServiceCount> services,
        List<Claim> claims,
        @Nullable String chosen,
        ReservationStatus status,
        boolean handedOver,
        int extensions,
        int moves,
        Instant heldAt,
        Instant askedAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant endedAt,
        TimeRange visit,
        TimeRange busy,
        @Nullable Integer leadMinutes) {

    static Fact of(Reserved event, ZoneId zone, Instant at) {
        return new Fact(
                event.reservation().value(),
                event.tenant().text(),
                event.branch().text(),
                zone,
                event.services(),
                event.claims(),
                chosen(event.claims(), event.chosenBy()),
                ReservationStatus.RESERVED,
                false,
                0,
                0,
                at,
                at,
                null,
                null,
                event.visit(),
                event.busy(),
                null);
    }

    /**
     * The fact after one more event.
     *
     * @param zone that of the event's branch
     * @param at when the event was recorded
     */
    Fact after(ReservationEvent event, ZoneId zone, Instant at) {
        return switch (event) {
            case Reserved reserved -> of(reserved, zone, at);
            case HoldExtended _ -> extended();
            case Confirmed _ ->
                    new Fact(
                            reservation,
                            tenant,
                            branch,
                            this.zone,
                            services,
                            claims,
                            chosen,
                            ReservationStatus.CONFIRMED,
                            handedOver,
                            extensions,
                            moves,
                            heldAt,
                            askedAt,
                            at,
                            endedAt,
                            visit,
                            busy,
                            (int) Duration.between(at, visit.start()).toMinutes());
            case Rescheduled moved ->
                    new Fact(
                            reservation,
                            tenant,
                            moved.branch().text(),
                            zone,
                            moved.services(),
                            moved.claims(),
                            chosen(moved.claims(), moved.chosenBy()),
                            status,
                            handedOver,
                            extensions,
                            moves + 1,
                            heldAt,
                            at,
                            confirmedAt,
                            endedAt,
                            moved.visit(),
                            moved.busy(),
                            leadMinutes);
            case CustomerChanged _ -> this;
            case Arrived _ -> stands(ReservationStatus.ARRIVED, handedOver, endedAt);
            case Completed _ -> stands(ReservationStatus.COMPLETED, handedOver, endedAt);
            case Missed _ -> stands(ReservationStatus.NO_SHOW, handedOver, endedAt);
            case Expired expired ->
                    stands(ReservationStatus.EXPIRED, handedOver, expired.expiredAt());
            case Released _ -> stands(ReservationStatus.RELEASED, handedOver, at);
            case HandedOver _ -> stands(ReservationStatus.RELEASED, true, at);
            case Cancelled _ -> stands(ReservationStatus.CANCELLED, handedOver, at);
        };
    }

    private static @Nullable String chosen(List<Claim> claims, ChosenBy chosenBy) {
        if (chosenBy == ChosenBy.SYSTEM || claims.isEmpty()) {
            return null;
        }
        var resource = claims.getFirst().resource();
        return resource == null ? null : resource.text();
    }

    private Fact extended() {
        return new Fact(
                reservation,
                tenant,
                branch,
                zone,
                services,
                claims,
                chosen,
                status,
                handedOver,
                extensions + 1,
                moves,
                heldAt,
                askedAt,
                confirmedAt,
                endedAt,
                visit,
                busy,
                leadMinutes);
    }

    private Fact stands(ReservationStatus now, boolean gone, @Nullable Instant ended) {
        return new Fact(
                reservation,
                tenant,
                branch,
                zone,
                services,
                claims,
                chosen,
                now,
                gone,
                extensions,
                moves,
                heldAt,
                askedAt,
                confirmedAt,
                ended,
                visit,
                busy,
                leadMinutes);
    }
}
