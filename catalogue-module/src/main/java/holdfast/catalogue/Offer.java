package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A service at one branch. What is null is as the service says.
 *
 * @param hours service hours, intersected with the branch's windows; empty: whenever it is open
 * @param resourcePools the pools that serve it here
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Offer(
        BranchId branch,
        @Nullable Integer durationMinutes,
        @Nullable Integer additionalDurationMinutes,
        @Nullable Integer slotIntervalMinutes,
        @Nullable Integer maxNumberOfReservations,
        @Nullable Boolean onlineBookable,
        List<WeeklyWindow> hours,
        List<PoolId> resourcePools,
        List<Closure> closures) {

    Offer withClosures(List<Closure> others) {
        return new Offer(
                branch,
                durationMinutes,
                additionalDurationMinutes,
                slotIntervalMinutes,
                maxNumberOfReservations,
                onlineBookable,
                hours,
                resourcePools,
                others);
    }
}
