package holdfast.scheduling;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * What a catalogue says about one wish, compiled: immutable, safe to share between threads, and
 * worth keeping as long as the catalogue's revision stays.
 */
public final class VisitRules {

    private final Branch branch;
    private final VisitWish wish;

    private VisitRules(Branch branch, VisitWish wish) {
        this.branch = branch;
        this.wish = wish;
    }

    /**
     * @throws Refused with a {@link SchedulingRefusal} if the catalogue does not offer such a visit
     *     at any time
     */
    public static VisitRules of(Catalogue catalogue, VisitWish wish, Audience audience) {
        var branch =
                catalogue
                        .branch(wish.branch())
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                new SchedulingRefusal.UnknownBranch(
                                                        wish.branch())));
        return new VisitRules(branch, wish);
    }

    public VisitWish wish() {
        return wish;
    }

    public Branch branch() {
        return branch;
    }

    /** The branch's zone: the one its dates and wall times are in. */
    public ZoneId zone() {
        return branch.timeZone();
    }

    /** How long the visit takes, without buffers; elapsed time. */
    public Duration length() {
        return Duration.ZERO;
    }

    /** From when on a visit with this start keeps its places busy, inclusive. */
    public Instant busyFrom(Instant start) {
        return start;
    }

    /** Until when a visit with this start keeps its places busy, exclusive. */
    public Instant busyTo(Instant start) {
        return start;
    }

    /** How many places of each resource type the visit takes at once. */
    public int units() {
        return 1;
    }

    /**
     * All that may serve the visit, of all types. With a requested resource: no other of its type,
     * unless the visit takes several at once.
     */
    public List<Candidate> candidates() {
        return List.of();
    }

    /** Whether the customer may ask for a resource. */
    public boolean customerMayChoose() {
        return false;
    }

    /** The date of the earliest start that the notice allows. */
    public LocalDate bookableFrom(Instant now) {
        return LocalDate.ofInstant(now, zone());
    }

    /** The last date on which a start may lie, inclusive. */
    public LocalDate bookableTo(Instant now) {
        return LocalDate.ofInstant(now, zone()).plusDays(branch.horizonDays());
    }
}
