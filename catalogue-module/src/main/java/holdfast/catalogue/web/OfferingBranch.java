package holdfast.catalogue.web;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.catalogue.Branch.Address;
import holdfast.catalogue.Branch.Location;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.Offer;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.Service;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A branch that offers a service, and whom or what one may choose there. */
record OfferingBranch(BranchView branch, ResourceSelection resourceSelection) {

    /** A branch as people find it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BranchView(BranchId id, String name, Address address, @Nullable Location location) {

        static BranchView of(BranchId id, Words words) {
            var branch = words.branch(id);
            return new BranchView(id, words.of(branch.name()), branch.address(), branch.location());
        }
    }

    /**
     * @param required whether the service lets the customer choose among named resources here
     * @param availableResources those to choose from; empty if there is no choice
     */
    record ResourceSelection(boolean required, List<NamedResource> availableResources) {

        static ResourceSelection of(Service service, Offer offer, Words words) {
            if (!service.resourceSelection()) {
                return new ResourceSelection(false, List.of());
            }
            var resources =
                    offer.resourcePools().stream()
                            .flatMap(id -> words.catalogue().pool(id).stream())
                            .flatMap(pool -> pool.resources().stream())
                            .map(resource -> new NamedResource(resource.id(), resource.name()))
                            .toList();
            return new ResourceSelection(!resources.isEmpty(), resources);
        }
    }

    record NamedResource(ResourceId id, String name) {}

    static OfferingBranch of(Service service, Offer offer, Words words) {
        return new OfferingBranch(
                BranchView.of(offer.branch(), words), ResourceSelection.of(service, offer, words));
    }
}
