package holdfast.reservation.rebuild;

import static holdfast.reservation.ReservationStatus.ARRIVED;
import static holdfast.reservation.ReservationStatus.CONFIRMED;
import static holdfast.reservation.ReservationStatus.RESERVED;

import holdfast.reservation.rebuild.StoredEvent.Kind;

import java.time.Duration;

/** Which step may follow which in the life of a hold, and when. */
final class Rules {

    /**
     * A step is judged by the instant at which its command looked at the clock, and the event is
     * stamped when it was made: later, by less than a command may take.
     */
    private static final long COMMAND_TAKES =
            Duration.ofSeconds(30).toNanos() / 1_000; // in microseconds

    private final Differences differences;

    Rules(Differences differences) {
        this.differences = differences;
    }

    /** Whether {@code next} may happen to what {@code life} is before it. */
    void check(Life life, StoredEvent next) {
        if (next.sequence() != life.events()) {
            differences.add(
                    next.stream(),
                    "stream",
                    "event %d is where %d should be".formatted(next.sequence(), life.events()));
        }
        if (next.position() < life.position()) {
            differences.add(
                    next.stream(),
                    "order",
                    "event %d has number %d in the log, and the one before it %d"
                            .formatted(next.sequence(), next.position(), life.position()));
        }
        if (!isLegal(life, next.kind())) {
            differences.add(
                    next.stream(),
                    "life",
                    "%s follows %s"
                            .formatted(
                                    next.kind().storedName(),
                                    life.status() == null ? "nothing" : life.status()));
            return;
        }
        switch (next.kind()) {
            case RESERVED -> {
                var named = Payload.of(next.payload()).reservation;
                if (!next.stream().equals(named)) {
                    differences.add(next.stream(), "stream", "its first event is of " + named);
                }
            }
            case EXTENDED, CONFIRMED, HANDED_OVER, RELEASED -> {
                if (next.recordedAt() > life.expiresAt() + COMMAND_TAKES) {
                    differences.add(
                            next.stream(),
                            "life",
                            "%s at %s, after the hold ended at %s"
                                    .formatted(
                                            next.kind().storedName(),
                                            Micros.instant(next.recordedAt()),
                                            Micros.instant(life.expiresAt())));
                }
            }
            case EXPIRED -> checkExpiry(life, next);
            case RESCHEDULED, CUSTOMER_CHANGED, ARRIVED, COMPLETED, MISSED, CANCELLED -> {}
        }
    }

    private void checkExpiry(Life life, StoredEvent expired) {
        long at = Payload.of(expired.payload()).expiredAt;
        if (at != life.expiresAt()) {
            differences.add(
                    expired.stream(),
                    "expiredAt",
                    "expired as of %s, though the hold was until %s"
                            .formatted(Micros.instant(at), Micros.instant(life.expiresAt())));
        }
        if (expired.recordedAt() < life.expiresAt()) {
            differences.add(
                    expired.stream(),
                    "life",
                    "expired at %s, before the hold ended at %s"
                            .formatted(
                                    Micros.instant(expired.recordedAt()),
                                    Micros.instant(life.expiresAt())));
        }
    }

    private static boolean isLegal(Life life, Kind next) {
        return switch (next) {
            case RESERVED -> life.status() == null;
            case EXTENDED, CONFIRMED, HANDED_OVER, EXPIRED, RELEASED -> life.status() == RESERVED;
            case RESCHEDULED, CUSTOMER_CHANGED, ARRIVED, MISSED, CANCELLED ->
                    life.status() == CONFIRMED;
            case COMPLETED -> life.status() == ARRIVED;
        };
    }
}
