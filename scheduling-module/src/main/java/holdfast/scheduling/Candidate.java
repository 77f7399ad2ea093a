package holdfast.scheduling;

import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;

import org.jspecify.annotations.Nullable;

/**
 * Places that may serve a visit: a virtual pool as a whole, or one named resource.
 *
 * @param resource null for a virtual pool
 * @param capacity how many it serves at once; positive. A virtual pool may have more or fewer for a
 *     time
 */
public record Candidate(
        PlacesId places, PoolId pool, @Nullable ResourceId resource, int capacity) {}
