package holdfast.scheduling;

import holdfast.catalogue.Closure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A half-open stretch of the time-line in seconds of the epoch.
 *
 * <p>Windows begin and end on whole minutes, so visits do too. What does not is widened to whole
 * seconds, which changes no answer about a visit.
 */
record Span(long from, long to) {

    static Span of(Instant from, Instant to) {
        return new Span(from.getEpochSecond(), ceiling(to));
    }

    static Span of(Closure closure) {
        return of(closure.from().toInstant(), closure.to().toInstant());
    }

    /** The first whole second that is not before the instant. */
    static long ceiling(Instant instant) {
        return instant.getEpochSecond() + (instant.getNano() == 0 ? 0 : 1);
    }

    boolean contains(long second) {
        return from <= second && second < to;
    }

    boolean contains(Span other) {
        return from <= other.from && other.to <= to;
    }

    boolean meets(Span other) {
        return from < other.to && other.from < to;
    }

    /** The same stretches, sorted, with those that touch or overlap as one. */
    static List<Span> joined(List<Span> spans) {
        var sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingLong(Span::from));
        var joined = new ArrayList<Span>();
        for (var span : sorted) {
            if (!joined.isEmpty() && span.from <= joined.getLast().to) {
                var last = joined.removeLast();
                joined.add(new Span(last.from, Math.max(last.to, span.to)));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }
}
