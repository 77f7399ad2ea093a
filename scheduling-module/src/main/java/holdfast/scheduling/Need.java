package holdfast.scheduling;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.ResourceTypeId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A resource type that a visit needs.
 *
 * @param pools those that may serve it, the first in the document first
 */
record Need(ResourceTypeId type, List<Pool> pools) {

    /** Everything that the services of a visit need between them, each type once. */
    static List<Need> allOf(
            Catalogue catalogue,
            VisitWish wish,
            List<OfferedService> services,
            int units,
            WallClock clock) {
        var types = new LinkedHashSet<ResourceTypeId>();
        services.forEach(service -> types.addAll(service.service().resourceTypes()));
        return types.stream()
                .map(
                        type ->
                                new Need(
                                        type,
                                        poolsFor(type, catalogue, wish, services).stream()
                                                .map(pool -> pool(pool, wish, units, clock))
                                                .toList()))
                .toList();
    }

    /** Those that serve every service that needs this type; with a requested resource, its own. */
    private static List<ResourcePool> poolsFor(
            ResourceTypeId type,
            Catalogue catalogue,
            VisitWish wish,
            List<OfferedService> services) {
        var pools = new LinkedHashSet<PoolId>();
        services.forEach(service -> pools.addAll(service.offer().resourcePools()));
        services.stream()
                .filter(service -> service.service().resourceTypes().contains(type))
                .forEach(service -> pools.retainAll(service.offer().resourcePools()));
        var ofType =
                pools.stream()
                        .sorted(Comparator.comparingInt(catalogue::position))
                        .flatMap(id -> catalogue.pool(id).stream())
                        .filter(pool -> pool.resourceType().equals(type))
                        .toList();
        var requested = wish.requestedResource();
        var withRequested =
                ofType.stream().filter(pool -> positionIn(pool, requested) >= 0).toList();
        return withRequested.isEmpty() ? ofType : withRequested;
    }

    private static Pool pool(ResourcePool pool, VisitWish wish, int units, WallClock clock) {
        int requested = positionIn(pool, wish.requestedResource());
        var places = new ArrayList<Places>();
        var capacity = pool.capacity();
        if (capacity != null) {
            places.add(
                    new Places(
                            new Candidate(PlacesId.of(pool.id()), pool.id(), null, capacity),
                            Capacities.of(pool, capacity),
                            new Hours(List.of(), clock),
                            Closures.of(List.of())));
        }
        for (var resource : pool.resources()) {
            places.add(
                    new Places(
                            new Candidate(
                                    PlacesId.of(resource.id()),
                                    pool.id(),
                                    resource.id(),
                                    resource.places()),
                            Capacities.always(resource.places()),
                            new Hours(resource.workingHours(), clock),
                            Closures.of(resource.closures())));
        }
        boolean onlyRequested = requested >= 0 && units == 1;
        return new Pool(
                pool.id(),
                pool.isVirtual(),
                onlyRequested ? List.of(places.get(requested)) : List.copyOf(places),
                units,
                onlyRequested ? 0 : requested,
                Closures.of(pool.closures()));
    }

    private static int positionIn(ResourcePool pool, @Nullable ResourceId requested) {
        for (int i = 0; i < pool.resources().size(); i++) {
            if (pool.resources().get(i).id().equals(requested)) {
                return i;
            }
        }
        return -1;
    }
}
