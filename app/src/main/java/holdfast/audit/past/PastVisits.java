package holdfast.audit.past;

import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;
import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.Obstacle;
import holdfast.scheduling.Obstacle.Taken;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.SchedulingRefusal.NotBookable;
import holdfast.scheduling.ShownSlots;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.TimeRange;
import holdfast.scheduling.VisitRules;
import holdfast.scheduling.VisitWish;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;

/** Which starts of a visit were offered at any moment, why others were not, and what changed it. */
@Component
public class PastVisits {

    private final Moments moments;
    private final PastCatalogues catalogues;
    private final PastClaims claims;
    private final DayChanges changes;
    private final ShownSlots slots;
    private final List<RefusalProblems> problems;

    PastVisits(
            Moments moments,
            PastCatalogues catalogues,
            PastClaims claims,
            DayChanges changes,
            ShownSlots slots,
            List<RefusalProblems> problems) {
        this.moments = moments;
        this.catalogues = catalogues;
        this.claims = claims;
        this.changes = changes;
        this.slots = slots;
        this.problems = problems;
    }

    /**
     * A day at a moment.
     *
     * @param zone the branch's
     * @param offered the starts that the list had, soonest first
     * @param others the starts that it might have had, if nobody had come, it had not been too late
     *     or too soon, or the rules had been those of today
     */
    public record Day(
            Moment moment, ZoneId zone, List<FreeSlot> offered, TreeSet<Instant> others) {}

    /**
     * Whether a start was offered, and if not, why.
     *
     * @param visit as it would have been
     * @param zone the branch's
     * @param reasons all there are; none exactly if it was offered
     */
    public record Explained(Moment moment, TimeRange visit, ZoneId zone, List<Reason> reasons) {

        public boolean isOffered() {
            return reasons.isEmpty();
        }
    }

    /**
     * One reason why a start was not offered.
     *
     * @param problem that a hold of this start would have met; not yet told in a language
     * @param reservations that take the places; empty for other reasons
     * @param events by which it came to be so
     */
    public record Reason(
            ProblemDetail problem, List<ReservationId> reservations, List<Cause> events) {}

    /**
     * What was offered on a day.
     *
     * @param date of the branch
     * @param asOf null: now
     * @throws Refused if there was no such visit, or the moment is none of the tenant's
     */
    public Day day(TenantId tenant, VisitWish wish, LocalDate date, @Nullable PointInTime asOf) {
        var moment = moments.find(tenant, asOf);
        var rules = rules(tenant, wish, moment);
        var offered =
                SlotEngine.freeSlots(
                        rules,
                        claims.at(
                                tenant,
                                rules,
                                moment,
                                date.atStartOfDay(rules.zone()).toInstant(),
                                date.plusDays(1).atStartOfDay(rules.zone()).toInstant()),
                        moment.instant(),
                        date,
                        date);
        var others = new TreeSet<>(starts(rules, date));
        try {
            others.addAll(starts(rules(tenant, wish, moments.find(tenant, null)), date));
        } catch (Refused noLongerThere) {
            // then those of the moment are all there are
        }
        offered.forEach(slot -> others.remove(slot.start()));
        return new Day(moment, rules.zone(), offered, others);
    }

    /** The starts of a date for as many as there are places, asked for early enough. */
    private static List<Instant> starts(VisitRules rules, LocalDate date) {
        var early =
                date.atStartOfDay(rules.zone()).toInstant().minus(rules.branch().minimumNotice());
        return SlotEngine.freeSlots(rules, Occupancy.NONE, early, date, date).stream()
                .map(FreeSlot::start)
                .toList();
    }

    /**
     * The events that changed, or may have changed, what is offered on a day, in the order of the
     * log: claims on what may serve the visit, and changes of its rules.
     *
     * @param date of the branch
     */
    public List<Cause> changes(TenantId tenant, VisitWish wish, LocalDate date) {
        var now = moments.find(tenant, null);
        var past = catalogues.at(tenant, now);
        try {
            return changes.of(past, slots.rules(past.catalogue(), wish), date);
        } catch (Refused noLongerThere) {
            return changes.ofRules(past, wish);
        }
    }

    /**
     * Every reason why a start was not offered.
     *
     * @param asOf null: now
     * @throws Refused if there was no such visit, or the moment is none of the tenant's
     */
    public Explained explain(
            TenantId tenant, VisitWish wish, Instant start, @Nullable PointInTime asOf) {
        var moment = moments.find(tenant, asOf);
        var past = catalogues.at(tenant, moment);
        var rules = slots.rules(past.catalogue(), wish);
        var occupancy = claims.at(tenant, rules, moment, start, start);
        var end = start.plus(rules.length());
        var causes = new Causes(past, rules);
        return new Explained(
                moment,
                new TimeRange(start, end),
                rules.zone(),
                SlotEngine.explain(rules, occupancy, start, end, moment.instant()).stream()
                        .map(obstacle -> reason(obstacle, causes, rules.zone(), moment))
                        .toList());
    }

    private VisitRules rules(TenantId tenant, VisitWish wish, Moment moment) {
        return slots.rules(catalogues.at(tenant, moment).catalogue(), wish);
    }

    private Reason reason(Obstacle obstacle, Causes causes, ZoneId zone, Moment moment) {
        var others = obstacle instanceof Taken(var by) ? by : List.<ReservationId>of();
        var behind = others.isEmpty() ? causes.of(obstacle) : claims.causesOf(others, moment);
        return new Reason(problem(new NotBookable(List.of(obstacle), zone)), others, behind);
    }

    private ProblemDetail problem(Refusal refusal) {
        return problems.stream()
                .flatMap(module -> module.problemOf(refusal).stream())
                .findFirst()
                .orElseThrow();
    }
}
