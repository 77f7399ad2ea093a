package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.catalogue.ResourcePool.Resource;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A named resource as an entry of its own, which says the pool it is in; else a {@link Resource}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PooledResource(
        PoolId resourcePool,
        ResourceId id,
        String name,
        @Nullable Integer capacity,
        List<WeeklyWindow> workingHours,
        List<Closure> closures) {

    static PooledResource of(PoolId pool, Resource resource) {
        return new PooledResource(
                pool,
                resource.id(),
                resource.name(),
                resource.capacity(),
                resource.workingHours(),
                resource.closures());
    }

    Resource resource() {
        return new Resource(id, name, capacity, workingHours, closures);
    }
}
