package holdfast.staff.figures;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueEdit;
import holdfast.catalogue.CatalogueRefusal.UnknownEntry;
import holdfast.catalogue.Entries;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.Refused;
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
     * @param more negative: fewer; what is left is never below none
     * @throws Refused if there is no such pool
     */
    static CatalogueEdit in(Catalogue catalogue, PoolId id, int more) {
        var pool =
                Entries.RESOURCE_POOLS
                        .find(catalogue.document(), id.text())
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                new UnknownEntry(
                                                        Entries.RESOURCE_POOLS.kind(), id.text())));
        return new CatalogueEdit.Put<>(Entries.RESOURCE_POOLS, with(pool, more), null);
    }

    private static ResourcePool with(ResourcePool pool, int more) {
        var capacity = pool.capacity();
        return new ResourcePool(
                pool.id(),
                pool.branch(),
                pool.resourceType(),
                pool.name(),
                capacity == null ? null : Integer.valueOf(Math.max(0, capacity + more)),
                capacity == null ? resources(pool, more) : pool.resources(),
                pool.closures(),
                pool.temporaryCapacities());
    }

    private static List<Resource> resources(ResourcePool pool, int more) {
        var before = pool.resources();
        if (more < 0) {
            return before.subList(0, Math.max(0, before.size() + more));
        }
        var resources = new ArrayList<>(before);
        for (int n = 1; n <= more; n++) {
            var id = ResourceId.of("what-if-" + n);
            resources.add(new Resource(id, id.text(), null, List.of(), List.of()));
        }
        return resources;
    }
}
