package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * The resources of one type at one branch that a service may use: either <em>virtual</em>, a number
 * of interchangeable places, or <em>specific</em>, named resources.
 *
 * @param capacity the number of places; present exactly if the pool is virtual
 * @param resources the named resources in the order of their position; empty if the pool is virtual
 * @param temporaryCapacities periods in which a virtual pool has another capacity; no two share an
 *     instant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourcePool(
        PoolId id,
        BranchId branch,
        ResourceTypeId resourceType,
        String name,
        @Nullable Integer capacity,
        List<Resource> resources,
        List<Closure> closures,
        List<TemporaryCapacity> temporaryCapacities) {

    public ResourcePool {
        // in pools that were stored before there were any
        temporaryCapacities =
                Objects.requireNonNullElse(temporaryCapacities, List.<TemporaryCapacity>of());
    }

    /**
     * One desk, room or person.
     *
     * @param capacity how many it serves at once; null: one
     * @param workingHours when it is there; empty: whenever the branch is open
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resource(
            ResourceId id,
            String name,
            @Nullable Integer capacity,
            List<WeeklyWindow> workingHours,
            List<Closure> closures) {

        Resource withClosures(List<Closure> others) {
            return new Resource(id, name, capacity, workingHours, others);
        }

        /** How many it serves at once; positive. */
        @JsonIgnore
        public int places() {
            return capacity == null ? 1 : capacity;
        }
    }

    ResourcePool withResources(List<Resource> others) {
        return new ResourcePool(
                id, branch, resourceType, name, capacity, others, closures, temporaryCapacities);
    }

    ResourcePool withClosures(List<Closure> others) {
        return new ResourcePool(
                id, branch, resourceType, name, capacity, resources, others, temporaryCapacities);
    }

    /** Whether its places are interchangeable and have no names. */
    @JsonIgnore
    public boolean isVirtual() {
        return capacity != null;
    }
}
