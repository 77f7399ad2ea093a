package holdfast.reservation.register;

import holdfast.catalogue.WritesAtCommit;
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
@ProcessingGroup("register") // a subscribing group; see the Axon configuration
class RegisterProjection {

    private final WritesAtCommit writes;
    private final JsonMapper json;

    RegisterProjection(WritesAtCommit writes, JsonMapper json) {
        this.writes = writes;
        this.json = json;
    }

    @EventHandler
    void on(Reserved event) {
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

    @EventHandler
    void on(HoldExtended event) {
        writes.add(
                "update reservation set expires_at = ? where reservation = ?",
                utc(event.expiresAt()),
                event.reservation().value());
    }

    @EventHandler
    void on(Confirmed event) {
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

    @EventHandler
    void on(Rescheduled event) {
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

    @EventHandler
    void on(CustomerChanged event) {
        writes.add(
                "update reservation set customer = ?, details = ?::jsonb where reservation = ?",
                event.customer().value(),
                json.writeValueAsString(event.details()),
                event.reservation().value());
    }

    @EventHandler
    void on(Expired event) {
        stands(event.reservation(), ReservationStatus.EXPIRED);
    }

    @EventHandler
    void on(Released event) {
        stands(event.reservation(), ReservationStatus.RELEASED);
    }

    @EventHandler
    void on(HandedOver event) {
        stands(event.reservation(), ReservationStatus.RELEASED);
    }

    @EventHandler
    void on(Cancelled event) {
        stands(event.reservation(), ReservationStatus.CANCELLED);
    }

    @EventHandler
    void on(Arrived event) {
        stands(event.reservation(), ReservationStatus.ARRIVED);
    }

    @EventHandler
    void on(Completed event) {
        stands(event.reservation(), ReservationStatus.COMPLETED);
    }

    @EventHandler
    void on(Missed event) {
        stands(event.reservation(), ReservationStatus.NO_SHOW);
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
