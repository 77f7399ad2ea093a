package holdfast.reservation.rebuild;

import holdfast.catalogue.EventName;
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
import holdfast.reservation.UnknownEvent;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One event of a reservation as it stands in the log.
 *
 * @param position its number in the log
 * @param recordedAt in microseconds of the epoch
 * @param payload JSON
 */
record StoredEvent(
        UUID stream, long position, long sequence, Kind kind, long recordedAt, byte[] payload) {

    /** The events of {@link holdfast.reservation.ReservationEvent}, by their stored names. */
    enum Kind {
        RESERVED(Reserved.class),
        EXTENDED(HoldExtended.class),
        CONFIRMED(Confirmed.class),
        RESCHEDULED(Rescheduled.class),
        HANDED_OVER(HandedOver.class),
        CUSTOMER_CHANGED(CustomerChanged.class),
        ARRIVED(Arrived.class),
        COMPLETED(Completed.class),
        MISSED(Missed.class),
        EXPIRED(Expired.class),
        RELEASED(Released.class),
        CANCELLED(Cancelled.class);

        private static final Map<String, Kind> BY_NAME =
                Arrays.stream(values()).collect(Collectors.toMap(Kind::storedName, kind -> kind));

        private final String storedName;
        private final String revision;

        Kind(Class<?> event) {
            storedName = Objects.requireNonNull(event.getAnnotation(EventName.class)).value();
            revision = Objects.requireNonNull(event.getAnnotation(Revision.class)).value();
        }

        String storedName() {
            return storedName;
        }

        static Kind of(String name, @Nullable String revision) {
            var kind = BY_NAME.get(name);
            if (kind == null || !kind.revision.equals(revision)) {
                throw new UnknownEvent(
                        "The log has an event %s of revision %s.".formatted(name, revision));
            }
            return kind;
        }
    }
}
