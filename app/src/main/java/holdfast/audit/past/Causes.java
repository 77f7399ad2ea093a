package holdfast.audit.past;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.CatalogueEvent.BranchDefined;
import holdfast.catalogue.CatalogueEvent.HolidayCalendarDefined;
import holdfast.catalogue.CatalogueEvent.OfferDefined;
import holdfast.catalogue.CatalogueEvent.ResourcePoolDefined;
import holdfast.catalogue.CatalogueEvent.ServiceDefined;
import holdfast.catalogue.Offer;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.Obstacle;
import holdfast.scheduling.Obstacle.BeyondHorizon;
import holdfast.scheduling.Obstacle.BranchClosed;
import holdfast.scheduling.Obstacle.Closed;
import holdfast.scheduling.Obstacle.ClosedOnSpecialDay;
import holdfast.scheduling.Obstacle.DoesNotFit;
import holdfast.scheduling.Obstacle.Holiday;
import holdfast.scheduling.Obstacle.NoLongerServing;
import holdfast.scheduling.Obstacle.NoPlaces;
import holdfast.scheduling.Obstacle.OffGrid;
import holdfast.scheduling.Obstacle.OutsideServiceHours;
import holdfast.scheduling.Obstacle.OutsideWorkingHours;
import holdfast.scheduling.Obstacle.PoolClosed;
import holdfast.scheduling.Obstacle.PoolReduced;
import holdfast.scheduling.Obstacle.ResourceClosed;
import holdfast.scheduling.Obstacle.ServiceClosed;
import holdfast.scheduling.Obstacle.Taken;
import holdfast.scheduling.Obstacle.TooSoon;
import holdfast.scheduling.Obstacle.WrongEnd;
import holdfast.scheduling.VisitRules;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which events of a catalogue stand behind an obstacle: those by which what keeps the start from
 * being offered came to be as it is. No default: a new obstacle asks for its place.
 */
final class Causes {

    private final PastCatalogue catalogue;
    private final BranchId branch;
    private final List<ServiceId> services;

    Causes(PastCatalogue catalogue, VisitRules rules) {
        this.catalogue = catalogue;
        this.branch = rules.branch().id();
        this.services = rules.wish().services().stream().map(each -> each.service()).toList();
    }

    /** Empty for {@link Taken}: whoever is there is not the catalogue's affair. */
    List<Cause> of(Obstacle obstacle) {
        return switch (obstacle) {
            case TooSoon _ -> list(branch(Branch::minimumNotice));
            case BeyondHorizon _ -> list(branch(Branch::horizonDays));
            case Closed _ -> list(branch(Branch::openingHours));
            case ClosedOnSpecialDay(var date, _) ->
                    list(
                            branch(
                                    it ->
                                            it.specialDays().stream()
                                                    .filter(day -> day.date().equals(date))
                                                    .toList()));
            case Holiday(var date, _) -> list(holiday(date));
            case DoesNotFit _, OffGrid _, WrongEnd _ -> grid();
            case BranchClosed(var closure) -> list(branch(it -> it.closures().contains(closure)));
            case ServiceClosed(var service, var closure) ->
                    list(offer(service, it -> it.closures().contains(closure)));
            case OutsideServiceHours(var service) -> list(offer(service, Offer::hours));
            case PoolClosed(var pool, var closure) ->
                    list(pool(pool, it -> it.closures().contains(closure)));
            case ResourceClosed(var resource, var closure) ->
                    list(resource(resource, it -> it != null && it.closures().contains(closure)));
            case OutsideWorkingHours(var resource) ->
                    list(resource(resource, it -> it == null ? List.of() : it.workingHours()));
            case PoolReduced(var pool, var period) ->
                    list(pool(pool, it -> it.temporaryCapacities().contains(period)));
            case NoPlaces(var type) ->
                    Stream.concat(
                                    services.stream()
                                            .map(service -> offer(service, Offer::resourcePools)),
                                    pools().filter(it -> it.resourceType().equals(type))
                                            .map(it -> pool(it.id(), Causes::capacities)))
                            .flatMap(Optional::stream)
                            .distinct()
                            .toList();
            // of a visit that has its places; a start that is asked about has none
            case NoLongerServing _ -> List.of();
            case Taken _ -> List.of();
        };
    }

    private static List<Cause> list(Optional<Cause> cause) {
        return cause.stream().toList();
    }

    /** What gives a visit its length and its steps. */
    private List<Cause> grid() {
        return Stream.concat(
                        Stream.of(branch(it -> List.of(it.openingHours(), it.specialDays()))),
                        services.stream()
                                .flatMap(
                                        service ->
                                                Stream.of(
                                                        service(service),
                                                        offer(service, Causes::lengths))))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static List<Optional<Integer>> lengths(Offer offer) {
        return optional(
                offer.durationMinutes(),
                offer.additionalDurationMinutes(),
                offer.slotIntervalMinutes());
    }

    private static List<Optional<Integer>> lengths(Service service) {
        return optional(
                service.durationMinutes(),
                service.additionalDurationMinutes(),
                service.slotIntervalMinutes());
    }

    private static List<Optional<Integer>> optional(@Nullable Integer... some) {
        return Arrays.stream(some).map(Optional::ofNullable).toList();
    }

    private static List<Integer> capacities(ResourcePool pool) {
        return pool.capacity() == null
                ? pool.resources().stream().map(ResourcePool.Resource::places).toList()
                : List.of(pool.capacity());
    }

    private Optional<Cause> branch(Function<Branch, Object> what) {
        return catalogue.causeOf(
                BranchDefined.class,
                event -> event.branch().id().equals(branch),
                (earlier, newest) ->
                        what.apply(earlier.branch()).equals(what.apply(newest.branch())));
    }

    private Optional<Cause> holiday(LocalDate date) {
        var calendar =
                catalogue.catalogue().branch(branch).map(Branch::holidayCalendar).orElse(null);
        Function<HolidayCalendarDefined, Object> days =
                event ->
                        event.calendar().days().stream()
                                .filter(day -> day.date().equals(date))
                                .toList();
        return catalogue.causeOf(
                HolidayCalendarDefined.class,
                event -> event.calendar().id().equals(calendar),
                (earlier, newest) -> days.apply(earlier).equals(days.apply(newest)));
    }

    private Optional<Cause> service(ServiceId service) {
        return catalogue.causeOf(
                ServiceDefined.class,
                event -> event.service().id().equals(service),
                (earlier, newest) -> lengths(earlier.service()).equals(lengths(newest.service())));
    }

    private Optional<Cause> offer(ServiceId service, Function<Offer, Object> what) {
        return catalogue.causeOf(
                OfferDefined.class,
                event -> event.service().equals(service) && event.offer().branch().equals(branch),
                (earlier, newest) ->
                        what.apply(earlier.offer()).equals(what.apply(newest.offer())));
    }

    private Optional<Cause> pool(PoolId pool, Function<ResourcePool, Object> what) {
        return pool(it -> it.id().equals(pool), what);
    }

    private Optional<Cause> resource(
            ResourceId resource, Function<ResourcePool.@Nullable Resource, Object> what) {
        return pool(it -> named(it, resource) != null, it -> what.apply(named(it, resource)));
    }

    private Optional<Cause> pool(
            Predicate<ResourcePool> isIt, Function<ResourcePool, Object> what) {
        return catalogue.causeOf(
                ResourcePoolDefined.class,
                event -> isIt.test(event.pool()),
                (earlier, newest) -> what.apply(earlier.pool()).equals(what.apply(newest.pool())));
    }

    private static ResourcePool.@Nullable Resource named(ResourcePool pool, ResourceId resource) {
        return pool.resources().stream()
                .filter(each -> each.id().equals(resource))
                .findFirst()
                .orElse(null);
    }

    /** Those that the branch offers for any of the services. */
    private Stream<ResourcePool> pools() {
        return services.stream()
                .flatMap(service -> catalogue.catalogue().offer(service, branch).stream())
                .flatMap(offer -> offer.resourcePools().stream())
                .distinct()
                .flatMap(pool -> catalogue.catalogue().pool(pool).stream());
    }
}
