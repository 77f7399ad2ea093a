package holdfast.pages;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.Audience;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.VisitWish;

import jakarta.servlet.http.HttpServletRequest;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How many, with what else, with whom, and whether it is the right visit at all.
 *
 * @param others services that can be booked along with the first one here
 * @param resources among which the customer may choose; empty where there is no choice
 */
record VisitForm(
        Counted service,
        List<Counted> others,
        List<Resource> resources,
        List<Screening.Asked> screening) {

    /**
     * @param counts from 1 to the most that may be booked at once
     * @param count how many are wanted
     */
    record Counted(
            String id,
            String name,
            boolean isChosen,
            int count,
            List<Integer> counts,
            String field) {}

    record Resource(String id, String name, boolean isChosen) {}

    /**
     * @param isSent whether the request has what the visitor filled in
     */
    static VisitForm of(
            Visitor visitor,
            Visit visit,
            RuleBook rules,
            HttpServletRequest request,
            boolean isSent) {
        var catalogue = visitor.catalogue();
        var branch = Objects.requireNonNull(visit.branch());
        var first = visit.services().getFirst();
        return new VisitForm(
                counted(visitor, catalogue.service(first.service()).orElseThrow(), visit),
                others(catalogue, branch, first.service()).stream()
                        .flatMap(id -> catalogue.service(id).stream())
                        .map(service -> counted(visitor, service, visit))
                        .toList(),
                resources(visitor, visit, rules),
                Screening.of(visitor, visit.services()).asked(visitor, request, isSent));
    }

    /** Whether there is anything to fill in. */
    boolean asksAnything() {
        return service.counts().size() > 1
                || !others.isEmpty()
                || !resources.isEmpty()
                || !screening.isEmpty();
    }

    boolean isAnsweredRight() {
        return screening.stream().allMatch(asked -> !asked.isMissing() && asked.denied() == null);
    }

    private static Counted counted(Visitor visitor, Service service, Visit visit) {
        var wanted =
                visit.services().stream()
                        .filter(each -> each.service().equals(service.id()))
                        .findFirst();
        var offer =
                visitor.catalogue()
                        .offer(service.id(), Objects.requireNonNull(visit.branch()))
                        .orElse(null);
        int most =
                offer == null || offer.maxNumberOfReservations() == null
                        ? service.maxNumberOfReservations()
                        : offer.maxNumberOfReservations();
        return new Counted(
                service.id().text(),
                visitor.text(service.name()),
                wanted.isPresent(),
                wanted.map(ServiceCount::numberOfReservations).orElse(1),
                IntStream.rangeClosed(1, most).boxed().toList(),
                Visit.COUNT + service.id());
    }

    private static Set<ServiceId> others(Catalogue catalogue, BranchId branch, ServiceId first) {
        var others = new LinkedHashSet<ServiceId>();
        if (catalogue.tenant().settings().combinesServices()) {
            catalogue.combinationsAt(branch).stream()
                    .filter(set -> set.services().contains(first))
                    .forEach(set -> others.addAll(set.services()));
            others.remove(first);
        }
        return others;
    }

    private static List<Resource> resources(Visitor visitor, Visit visit, RuleBook rules) {
        var catalogue = visitor.catalogue();
        var anybody = new VisitWish(visit.wish().branch(), visit.services(), null);
        try {
            var compiled = rules.of(catalogue, anybody, Audience.PUBLIC);
            if (!compiled.customerMayChoose()) {
                return List.of();
            }
            return compiled.candidates().stream()
                    .map(candidate -> candidate.pool())
                    .distinct()
                    .flatMap(pool -> catalogue.pool(pool).stream())
                    .flatMap(pool -> pool.resources().stream())
                    .map(
                            resource ->
                                    new Resource(
                                            resource.id().text(),
                                            resource.name(),
                                            resource.id().equals(visit.resource())))
                    .toList();
        } catch (Refused impossible) {
            return List.of(); // there is no such visit, which is told when it is asked for
        }
    }
}
