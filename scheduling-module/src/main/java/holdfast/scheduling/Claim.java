package holdfast.scheduling;

import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;

import org.jspecify.annotations.Nullable;

/**
 * What a visit takes of one {@link Candidate}.
 *
 * @param resource null for a virtual pool
 * @param units how many places it takes; 1 to {@code capacity}
 * @param capacity how many places there are in all during the visit
 */
public record Claim(
        PlacesId places, PoolId pool, @Nullable ResourceId resource, int units, int capacity) {}
