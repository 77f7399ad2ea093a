package holdfast.scheduling;

import java.time.LocalDate;
import java.util.List;

/**
 * A candidate, and when it is there at all.
 *
 * @param working for a virtual pool: always
 * @param closures the resource's own; those of its pool lie there
 */
record Places(Candidate candidate, Hours working, Closures closures) {

    boolean isThere(Span visit, List<Span> workingPieces) {
        return working.contain(visit, workingPieces) && !closures.meet(visit);
    }

    /** How many places nobody takes in the busy stretch of the visit. */
    int free(Span visit, Span busy, LocalDate date, Stairs taken) {
        if (!isThere(visit, working.reaching(date))) {
            return 0;
        }
        return Math.max(0, candidate.capacity() - taken.peak(busy));
    }
}
