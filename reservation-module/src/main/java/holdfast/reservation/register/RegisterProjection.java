package holdfast.reservation.register;

import holdfast.reservation.ReservationEvent.Cancelled;
import holdfast.reservation.ReservationEvent.Confirmed;
import holdfast.reservation.ReservationEvent.Expired;
import holdfast.reservation.ReservationEvent.HoldExtended;
import holdfast.reservation.ReservationEvent.Released;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.ReservationId;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
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

    private final JdbcClient jdbc;
    private final JsonMapper json;

    RegisterProjection(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @EventHandler
    void on(Reserved event) {
        jdbc.sql(
                        """
                        insert into reservation (
                            reservation, tenant, branch, status, starts_at, ends_at, expires_at,
                            services, claims, chosen_by, notes)
                        values (
                            :reservation, :tenant, :branch, 'RESERVED', :start, :end, :expiresAt,
                            :services::jsonb, :claims::jsonb, :chosenBy, :notes::jsonb)
                        on conflict (reservation) do nothing
                        """)
                .param("reservation", event.reservation().value())
                .param("tenant", event.tenant().text())
                .param("branch", event.branch().text())
                .param("start", utc(event.visit().start()))
                .param("end", utc(event.visit().end()))
                .param("expiresAt", utc(event.expiresAt()))
                .param("services", json.writeValueAsString(event.services()))
                .param("claims", json.writeValueAsString(event.claims()))
                .param("chosenBy", event.chosenBy().name())
                .param("notes", jsonOrNull(event.notes()))
                .update();
    }

    @EventHandler
    void on(HoldExtended event) {
        jdbc.sql("update reservation set expires_at = ? where reservation = ?")
                .params(utc(event.expiresAt()), event.reservation().value())
                .update();
    }

    @EventHandler
    void on(Confirmed event) {
        jdbc.sql(
                        """
                        update reservation
                        set status = 'CONFIRMED', customer = ?, details = ?::jsonb, notes = null
                        where reservation = ?
                        """)
                .params(
                        event.customer().value(),
                        json.writeValueAsString(event.details()),
                        event.reservation().value())
                .update();
    }

    @EventHandler
    void on(Expired event) {
        ended(event.reservation(), ReservationStatus.EXPIRED);
    }

    @EventHandler
    void on(Released event) {
        ended(event.reservation(), ReservationStatus.RELEASED);
    }

    @EventHandler
    void on(Cancelled event) {
        ended(event.reservation(), ReservationStatus.CANCELLED);
    }

    private void ended(ReservationId reservation, ReservationStatus status) {
        jdbc.sql("update reservation set status = ?, notes = null where reservation = ?")
                .params(status.name(), reservation.value())
                .update();
    }

    private @Nullable String jsonOrNull(@Nullable Object value) {
        return value == null ? null : json.writeValueAsString(value);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
