package holdfast.scheduling;

import holdfast.catalogue.Closure;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourceTypeId;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TemporaryCapacity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** One reason why a start is not offered. Dates are those of the branch. */
public sealed interface Obstacle {

    /** The end is not where the length of the visit puts it. */
    record WrongEnd(Instant expected) implements Obstacle {}

    /** Less than the minimum notice, or past. */
    record TooSoon(Instant earliest) implements Obstacle {}

    /** Further ahead than people may book. */
    record BeyondHorizon(LocalDate lastDate) implements Obstacle {}

    /** No opening window has this start in it. */
    record Closed(LocalDate date) implements Obstacle {}

    /** No window of this special day has this start in it; it replaces the weekly ones. */
    record ClosedOnSpecialDay(LocalDate date, @Nullable String reason) implements Obstacle {}

    record Holiday(LocalDate date, String name) implements Obstacle {}

    /** It starts within a window and would run past its end. */
    record DoesNotFit(Instant windowEnd) implements Obstacle {}

    /**
     * It starts between two steps of the grid.
     *
     * @param before the step before it in its window that leaves room for the visit; null if none
     * @param after the step after it likewise
     */
    record OffGrid(@Nullable Instant before, @Nullable Instant after) implements Obstacle {}

    record BranchClosed(Closure closure) implements Obstacle {}

    record ServiceClosed(ServiceId service, Closure closure) implements Obstacle {}

    record OutsideServiceHours(ServiceId service) implements Obstacle {}

    /** Told only where, without this, the visit might have found a place. */
    record PoolClosed(PoolId pool, Closure closure) implements Obstacle {}

    /** Told only where, without this, the visit might have found a place. */
    record ResourceClosed(ResourceId resource, Closure closure) implements Obstacle {}

    /** Told only where, without this, the visit might have found a place. */
    record OutsideWorkingHours(ResourceId resource) implements Obstacle {}

    /**
     * The pool has too few places for a time. Told only where, without this, the visit might have
     * found a place.
     */
    record PoolReduced(PoolId pool, TemporaryCapacity period) implements Obstacle {}

    /** The pools of this type could not serve such a visit even if all their places were free. */
    record NoPlaces(ResourceTypeId resourceType) implements Obstacle {}

    /**
     * What the visit has does not serve such visits any more. Told only of a visit that has its
     * places already.
     */
    record NoLongerServing(PlacesId places) implements Obstacle {}

    /**
     * Others are there.
     *
     * @param by those whose claims meet the visit's busy stretch on places that could serve it
     */
    record Taken(List<ReservationId> by) implements Obstacle {}
}
