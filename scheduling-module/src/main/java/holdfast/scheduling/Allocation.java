package holdfast.scheduling;

import java.util.List;

/**
 * Everything a visit takes, in the order of the resource types it needs.
 *
 * @param claims never empty, never two on the same places
 */
public record Allocation(List<Claim> claims) {}
