package holdfast.reservation.register;

import holdfast.catalogue.WithTheEvent;
import holdfast.catalogue.WritesAtCommit;
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
import holdfast.scheduling.ReservationId;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Keeps the register, in the transaction that stores the event: whoever got an answer finds it
 * there, on every node.
 */
@Component
@ProcessingGroup(WithTheEvent.GROUP)
class RegisterProjection {

    private final WritesAtCommit writes;
    private final JsonMapper json;

    RegisterProjection(WritesAtCommit writes, JsonMapper json) {
        this.writes = writes;
        this.json = json;
    }

    @EventHandler
    void on(ReservationEvent event) {
        switch (event) {
            case Reserved reserved -> write(reserved);
            case HoldExtended extended -> write(extended);
            case Confirmed confirmed -> write(confirmed);
            case Rescheduled moved -> write(moved);
            case CustomerChanged changed -> write(changed);
            case Expired it -> stands(it.reservation(), ReservationStatus.EXPIRED);
            case Released it -> stands(it.reservation(), ReservationStatus.RELEASED);
            case HandedOver it -> stands(it.reservation(), ReservationStatus.RELEASED);
            case Cancelled it -> stands(it.reservation(), ReservationStatus.CANCELLED);
            case Arrived it -> stands(it.reservation(), ReservationStatus.ARRIVED);
            case Completed it -> stands(it.reservation(), ReservationStatus.COMPLETED);
            case Missed it -> stands(it.reservation(), ReservationStatus.NO_SHOW);
        }
    }

    private void write(Reserved event) {
        writes.add(
                """
                insert into reservation (
                    reservation, tenant, branch, status, starts_at, ends_at, expires_at,
                    services, claims, chosen_by, notes)
                values (?, ?, ?, 'RESERVED', ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?::jsonb)
                on conflict (reservation) do nothing\
                """,
                event.reservation().value(),
                event.tenant().text(),
                event.branch().text(),
                utc(event.visit().start()),
                utc(event.visit().end()),
                utc(event.expiresAt()),
                json.writeValueAsString(event.services()),
                json.writeValueAsString(event.claims()),
                event.chosenBy().name(),
                jsonOrNull(event.notes()));
    }

    private void write(HoldExtended event) {
        writes.add(
                "update reservation set expires_at = ? where reservation = ?",
                utc(event.expiresAt()),
                event.reservation().value());
    }

    private void write(Confirmed event) {
        writes.add(
                """
                update reservation
                set status = 'CONFIRMED', customer = ?, details = ?::jsonb, notes = null
                where reservation = ?\
                """,
                event.customer().value(),
                json.writeValueAsString(event.details()),
                event.reservation().value());
    }

    private void write(Rescheduled event) {
        writes.add(
                """
                update reservation
                set branch = ?, starts_at = ?, ends_at = ?, services = ?::jsonb,
                    claims = ?::jsonb, chosen_by = ?
                where reservation = ?\
                """,
                event.branch().text(),
                utc(event.visit().start()),
                utc(event.visit().end()),
                json.writeValueAsString(event.services()),
                json.writeValueAsString(event.claims()),
                event.chosenBy().name(),
                event.reservation().value());
    }

    private void write(CustomerChanged event) {
        writes.add(
                "update reservation set customer = ?, details = ?::jsonb where reservation = ?",
                event.customer().value(),
                json.writeValueAsString(event.details()),
                event.reservation().value());
    }

    /** Notes are kept of a hold only. */
    private void stands(ReservationId reservation, ReservationStatus status) {
        writes.add(
                "update reservation set status = ?, notes = null where reservation = ?",
                status.name(),
                reservation.value());
    }

    private @Nullable String jsonOrNull(@Nullable Object value) {
        return value == null ? null : json.writeValueAsString(value);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
