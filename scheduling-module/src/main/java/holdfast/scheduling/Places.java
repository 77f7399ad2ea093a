package holdfast.scheduling;

import java.util.List;

/**
 * A candidate, and when it is there at all.
 *
 * @param capacities how many places there are, and when
 * @param working for a virtual pool: always
 * @param closures the resource's own; those of its pool lie there
 */
record Places(Candidate candidate, Capacities capacities, Hours working, Closures closures) {

    boolean isThere(Span visit, List<Span> workingPieces) {
        return working.contain(visit, workingPieces) && !closures.meet(visit);
    }

    /** How many places there are for the whole of the visit, whoever takes them. */
    int during(Span visit, List<Span> workingPieces) {
        return isThere(visit, workingPieces) ? capacities.during(visit) : 0;
    }
}
