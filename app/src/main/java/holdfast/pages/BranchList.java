package holdfast.pages;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The branches where all that is chosen can be booked online.
 *
 * @param unit in which the reader's country measures distances, as CLDR names it
 */
record BranchList(List<Item> branches, String unit) {

    /**
     * @param latitude in degrees; null if it is not known where the branch is
     */
    record Item(
            String name,
            String address,
            @Nullable Double latitude,
            @Nullable Double longitude,
            String href) {}

    static BranchList of(Visitor visitor, Visit visit) {
        var catalogue = visitor.catalogue();
        var ids = visit.services().stream().map(each -> each.service()).toList();
        return new BranchList(
                catalogue.branches().stream()
                        .filter(branch -> offers(catalogue, branch, ids))
                        .map(branch -> item(visitor, visit, branch))
                        .toList(),
                visitor.locale().getCountry().matches("GB|US") ? "mile" : "kilometer");
    }

    private static boolean offers(Catalogue catalogue, Branch branch, List<ServiceId> ids) {
        if (ids.isEmpty()) {
            return catalogue.services().stream().anyMatch(s -> isOffered(s, branch));
        }
        return ids.stream()
                .allMatch(
                        id ->
                                catalogue.service(id).stream()
                                        .anyMatch(service -> isOffered(service, branch)));
    }

    private static boolean isOffered(Service service, Branch branch) {
        return service.branches().stream()
                .anyMatch(
                        offer ->
                                offer.branch().equals(branch.id())
                                        && ServiceList.isOnline(service, offer));
    }

    private static Item item(Visitor visitor, Visit visit, Branch branch) {
        var location = branch.location();
        return new Item(
                visitor.text(branch.name()),
                String.join(", ", Visitor.address(branch, visitor.locale())),
                location == null ? null : location.latitude(),
                location == null ? null : location.longitude(),
                visitor.url(visitor.home() + visit.at(branch.id()).query()));
    }
}
