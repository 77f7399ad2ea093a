package holdfast.scheduling.web;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.ResourceTypeId;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceCombination;
import holdfast.catalogue.ServiceId;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which services of a branch can be booked in one visit, by the resource type that they need. */
record BranchCombinations(BranchId branchId, List<OfType> serviceCombinations) {

    /**
     * Every service of the branch that needs the type stands in exactly one of the first three
     * lists.
     *
     * @param combinableServices need this type only, as another service here does, but nobody
     *     configured them: booking them together is refused
     * @param unCombinableServices are only ever booked alone
     * @param combinedServices are booked together with others
     * @param combinedSets with which others: the services of each set, or some of them
     */
    record OfType(
            ResourceTypeId resourceTypeId,
            List<ServiceId> combinableServices,
            List<ServiceId> unCombinableServices,
            List<ServiceId> combinedServices,
            List<List<ServiceId>> combinedSets) {}

    static BranchCombinations of(BranchId branch, Catalogue catalogue) {
        var offered =
                catalogue.services().stream()
                        .filter(service -> catalogue.offer(service.id(), branch).isPresent())
                        .toList();
        var sets = catalogue.combinationsAt(branch);
        var types = new LinkedHashSet<ResourceTypeId>();
        offered.forEach(service -> types.addAll(service.resourceTypes()));
        return new BranchCombinations(
                branch, types.stream().map(type -> ofType(type, offered, sets)).toList());
    }

    private static OfType ofType(
            ResourceTypeId type, List<Service> offered, List<ServiceCombination> sets) {
        var here = offered.stream().filter(s -> s.resourceTypes().contains(type)).toList();
        var ids = here.stream().map(Service::id).collect(Collectors.toSet());
        var setsHere =
                sets.stream()
                        .map(ServiceCombination::services)
                        .filter(set -> set.stream().anyMatch(ids::contains))
                        .toList();
        Set<ServiceId> inASet = setsHere.stream().flatMap(List::stream).collect(Collectors.toSet());
        long withThisTypeOnly = here.stream().filter(BranchCombinations::needsOneType).count();
        var combinable = new ArrayList<ServiceId>();
        var unCombinable = new ArrayList<ServiceId>();
        var combined = new ArrayList<ServiceId>();
        for (var service : here) {
            if (inASet.contains(service.id())) {
                combined.add(service.id());
            } else if (needsOneType(service) && withThisTypeOnly > 1) {
                combinable.add(service.id());
            } else {
                unCombinable.add(service.id());
            }
        }
        return new OfType(type, combinable, unCombinable, combined, setsHere);
    }

    private static boolean needsOneType(Service service) {
        return service.resourceTypes().size() == 1;
    }
}
