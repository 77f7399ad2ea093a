package holdfast.scheduling;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.ResourceId;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What somebody wants to come for, and where.
 *
 * @param services in the order asked for; never empty
 * @param requestedResource the only resource that will do; null: any
 */
public record VisitWish(
        BranchId branch, List<ServiceCount> services, @Nullable ResourceId requestedResource) {}
