package holdfast.limits;

import holdfast.reservation.Register;
import holdfast.scheduling.ReservationId;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The holds that one caller placed through this node and that are still open.
 *
 * <p>Which of them were confirmed or given back, through another node or by another caller, is
 * asked only when they seem to be too many, and at most once a second.
 */
final class OpenHolds {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final int most;
    private final Register register;
    private final Map<ReservationId, Instant> ends = new HashMap<>();
    private int beingPlaced;
    private Instant lookedAt = Instant.MIN;

    OpenHolds(int most, Register register) {
        this.most = most;
        this.register = register;
    }

    /**
     * Makes room for one more.
     *
     * @throws TooManyOpenHolds if there is none
     */
    synchronized void beginPlacing(Instant now) {
        if (isFull()) {
            ends.values().removeIf(end -> !end.isAfter(now));
        }
        if (isFull() && !now.isBefore(lookedAt.plus(BETWEEN_LOOKS))) {
            lookedAt = now;
            ends.keySet().retainAll(register.openHoldsAmong(ends.keySet(), now));
        }
        if (isFull()) {
            var soonest = ends.values().stream().min(Instant::compareTo).orElse(now);
            throw new TooManyOpenHolds(most, Duration.between(now, soonest));
        }
        beingPlaced++;
    }

    private boolean isFull() {
        return ends.size() + beingPlaced >= most;
    }

    synchronized void placed(ReservationId hold, Instant end) {
        beingPlaced--;
        ends.put(hold, end);
    }

    /** It was confirmed or given back; perhaps it was another caller's. */
    synchronized void ended(ReservationId hold) {
        ends.remove(hold);
    }

    synchronized void notPlaced() {
        beingPlaced--;
    }
}
