package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;

/**
 * A closure as an entry of its own, which says what it closes: a branch, a service at a branch, a
 * whole pool, or one named resource.
 *
 * @param branch the branch, or where the service is closed; else null
 * @param service null unless a service at a branch is closed
 * @param resourcePool null unless a pool is closed
 * @param resource null unless a resource is closed
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param reason for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlacedClosure(
        @Nullable BranchId branch,
        @Nullable ServiceId service,
        @Nullable PoolId resourcePool,
        @Nullable ResourceId resource,
        @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                OffsetDateTime from,
        @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                OffsetDateTime to,
        String reason) {

    public static PlacedClosure ofBranch(BranchId branch, Closure closure) {
        return new PlacedClosure(
                branch, null, null, null, closure.from(), closure.to(), closure.reason());
    }

    public static PlacedClosure ofService(ServiceId service, BranchId branch, Closure closure) {
        return new PlacedClosure(
                branch, service, null, null, closure.from(), closure.to(), closure.reason());
    }

    public static PlacedClosure ofPool(PoolId pool, Closure closure) {
        return new PlacedClosure(
                null, null, pool, null, closure.from(), closure.to(), closure.reason());
    }

    public static PlacedClosure ofResource(ResourceId resource, Closure closure) {
        return new PlacedClosure(
                null, null, null, resource, closure.from(), closure.to(), closure.reason());
    }

    /**
     * Names the closure by what it says, so that one that came with a document has a name, too. Two
     * that say the same are one.
     */
    @JsonIgnore
    public String id() {
        return ContentDigest.text(toString().getBytes(StandardCharsets.UTF_8));
    }

    Closure closure() {
        return new Closure(from, to, reason);
    }

    /** Whether it says of exactly one thing that it is closed. */
    @JsonIgnore
    boolean isOfOneThing() {
        int others = (resourcePool == null ? 0 : 1) + (resource == null ? 0 : 1);
        return branch == null ? others == 1 && service == null : others == 0;
    }
}
