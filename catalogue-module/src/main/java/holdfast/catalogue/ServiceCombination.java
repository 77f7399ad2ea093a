package holdfast.catalogue;

import java.util.List;

/** A set of services that may be booked together at a branch. */
public record ServiceCombination(BranchId branch, List<ServiceId> services) {}
