package holdfast.reservation.rebuild;

import holdfast.reservation.ReservationStatus;
import holdfast.reservation.rebuild.Payload.Claimed;
import holdfast.reservation.rebuild.Payload.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What the events of one reservation add up to: its row of the register, and its claims.
 *
 * <p>Folds as the register's projection and the ledger do while the application runs; a test holds
 * them together. It judges nothing: see {@link Rules}.
 */
@SuppressWarnings("NullAway.Init") // before the first Reserved there is nothing
final class Life {

    private final UUID reservation;
    private long events;
    private long position;
    private @Nullable ReservationStatus status;
    private Payload reserved;
    private long expiresAt;
    private byte @Nullable [] notes;
    private @Nullable UUID customer;
    private byte @Nullable [] details;

    Life(UUID reservation) {
        this.reservation = reservation;
    }

    void add(StoredEvent event) {
        events++;
        position = event.position();
        switch (event.kind()) {
            case RESERVED -> {
                if (status == null) {
                    reserved = Payload.of(event.payload());
                    status = ReservationStatus.RESERVED;
                    expiresAt = reserved.expiresAt;
                    notes = reserved.notes;
                }
            }
            case EXTENDED -> expiresAt = Payload.of(event.payload()).expiresAt;
            case CONFIRMED -> {
                var confirmed = Payload.of(event.payload());
                status = status == null ? null : ReservationStatus.CONFIRMED;
                customer = confirmed.customer;
                details = confirmed.details;
                notes = null;
            }
            case RESCHEDULED -> reserved = Payload.of(event.payload());
            case CUSTOMER_CHANGED -> {
                var changed = Payload.of(event.payload());
                customer = changed.customer;
                details = changed.details;
            }
            case ARRIVED -> status = ReservationStatus.ARRIVED;
            case COMPLETED -> status = ReservationStatus.COMPLETED;
            case MISSED -> status = ReservationStatus.NO_SHOW;
            case EXPIRED -> end(ReservationStatus.EXPIRED);
            case HANDED_OVER, RELEASED -> end(ReservationStatus.RELEASED);
            case CANCELLED -> end(ReservationStatus.CANCELLED);
        }
    }

    private void end(ReservationStatus as) {
        status = status == null ? null : as;
        notes = null;
    }

    UUID reservation() {
        return reservation;
    }

    /** How many events were added. */
    long events() {
        return events;
    }

    /** The number in the log of the last event that was added; 0 before the first. */
    long position() {
        return position;
    }

    /** Null as long as it was never reserved: then the tables know nothing of it. */
    @Nullable ReservationStatus status() {
        return status;
    }

    String tenant() {
        return reserved.tenant;
    }

    String branch() {
        return reserved.branch;
    }

    Span visit() {
        return reserved.visit;
    }

    Span busy() {
        return reserved.busy;
    }

    /** In microseconds of the epoch. */
    long expiresAt() {
        return expiresAt;
    }

    byte[] services() {
        return reserved.services;
    }

    byte[] claims() {
        return reserved.claims;
    }

    String chosenBy() {
        return reserved.chosenBy;
    }

    byte @Nullable [] notes() {
        return notes;
    }

    @Nullable UUID customer() {
        return customer;
    }

    byte @Nullable [] details() {
        return details;
    }

    /** What it has of the ledger: all that it claimed, until it ends. */
    List<Claimed> claimed() {
        return switch (status) {
            case RESERVED, CONFIRMED, ARRIVED, COMPLETED, NO_SHOW ->
                    Payload.claimed(reserved.claims);
            case EXPIRED, RELEASED, CANCELLED -> List.of();
            case null -> List.of();
        };
    }

    /** Until when its claims count, in microseconds of the epoch; null: confirmed. */
    @Nullable Long holdUntil() {
        return status == ReservationStatus.RESERVED ? (Long) expiresAt : null;
    }
}
