package holdfast.staff.figures;

import holdfast.catalogue.CatalogueEdit;
import holdfast.catalogue.Entries;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.ResourcePool.Resource;

import java.util.ArrayList;
import java.util.List;

/** A change of the catalogue that is only thought of: a pool with more places, or fewer. */
final class MorePlaces {

    private MorePlaces() {}

    /**
     * New resources are there whenever the branch is open and serve one at once; those that are
     * taken away are the last ones.
     *
     * @param more negative: fewer, but some must be left
     */
    static CatalogueEdit in(ResourcePool pool, int more) {
        var capacity = pool.capacity();
        return new CatalogueEdit.Put<>(
                Entries.RESOURCE_POOLS,
                new ResourcePool(
                        pool.id(),
                        pool.branch(),
                        pool.resourceType(),
                        pool.name(),
                        capacity == null ? null : Integer.valueOf(capacity + more),
                        capacity == null ? resources(pool, more) : pool.resources(),
                        pool.closures(),
                        pool.temporaryCapacities()),
                null);
    }

    /** How many there would be: resources where they have names, else places. */
    static int left(ResourcePool pool, int more) {
        var capacity = pool.capacity();
        return (capacity == null ? pool.resources().size() : capacity) + more;
    }

    private static List<Resource> resources(ResourcePool pool, int more) {
        var before = pool.resources();
        if (more < 0) {
            return before.subList(0, before.size() + more);
        }
        var resources = new ArrayList<>(before);
        for (int n = 1; n <= more; n++) {
            var id = ResourceId.of("what-if-" + n);
            resources.add(new Resource(id, id.text(), null, List.of(), List.of()));
        }
        return resources;
    }
}
