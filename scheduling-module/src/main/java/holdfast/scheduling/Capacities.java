package holdfast.scheduling;

import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.TemporaryCapacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How many places there are, and when there are more or fewer.
 *
 * @param usual at all other times; positive
 * @param periods no two share an instant
 */
record Capacities(int usual, List<TemporaryCapacity> periods) {

    /** The same at any time. */
    static Capacities always(int capacity) {
        return new Capacities(capacity, List.of());
    }

    /** Those of a virtual pool. */
    static Capacities of(ResourcePool pool, int usual) {
        return new Capacities(usual, List.copyOf(pool.temporaryCapacities()));
    }

    boolean isAlwaysTheSame() {
        return periods.isEmpty();
    }

    /** The fewest places that there are at any instant of the visit. */
    int during(Span visit) {
        int fewest = Integer.MAX_VALUE;
        var from = Instant.ofEpochSecond(visit.from());
        var to = Instant.ofEpochSecond(visit.to());
        var rest = Duration.between(from, to);
        for (var period : meeting(visit)) {
            var begin = period.from().toInstant();
            var end = period.to().toInstant();
            rest =
                    rest.minus(
                            Duration.between(
                                    begin.isBefore(from) ? from : begin,
                                    end.isAfter(to) ? to : end));
            fewest = Math.min(fewest, period.capacity());
        }
        return rest.isPositive() ? Math.min(fewest, usual) : fewest;
    }

    List<TemporaryCapacity> meeting(Span visit) {
        return periods.stream().filter(period -> span(period).meets(visit)).toList();
    }

    private static Span span(TemporaryCapacity period) {
        return Span.of(period.from().toInstant(), period.to().toInstant());
    }
}
