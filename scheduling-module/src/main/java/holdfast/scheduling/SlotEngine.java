package holdfast.scheduling;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Answers what can be booked. Every entry point asks here, so that what is offered can be reserved
 * and what is reserved was offered: {@link #freeSlots} has a start exactly if {@link #obstacles}
 * has none for it and {@link #allocate} finds places.
 */
public final class SlotEngine {

    private SlotEngine() {}

    /**
     * The free starts of these dates, soonest first, each once.
     *
     * @param from local date of the branch, inclusive; earlier than bookable is cut off
     * @param to local date of the branch, inclusive; later than bookable is cut off
     */
    public static List<FreeSlot> freeSlots(
            VisitRules rules, Occupancy occupancy, Instant now, LocalDate from, LocalDate to) {
        return List.of();
    }

    /** Every reason but capacity why this visit is not offered; empty: the rules allow it. */
    public static List<Obstacle> obstacles(
            VisitRules rules, Instant start, Instant end, Instant now) {
        return List.of();
    }

    /** {@link #obstacles}, and {@link Obstacle.Taken} if others are in the way. */
    public static List<Obstacle> explain(
            VisitRules rules, Occupancy occupancy, Instant start, Instant end, Instant now) {
        return List.of();
    }

    /**
     * Which places a visit with this start takes; empty if there are none. The choice depends on
     * the arguments alone, so it is the same on replay. It looks at places only: at closures,
     * working hours and capacity, not at the other {@link #obstacles}.
     */
    public static Optional<Allocation> allocate(
            VisitRules rules, Occupancy occupancy, Instant start, Instant now) {
        return Optional.empty();
    }

    /** The bookable free starts nearest to an instant, the nearest first, the earlier on a tie. */
    public static List<TimeRange> nearest(
            VisitRules rules, Occupancy occupancy, Instant now, Instant around, int most) {
        return List.of();
    }
}
