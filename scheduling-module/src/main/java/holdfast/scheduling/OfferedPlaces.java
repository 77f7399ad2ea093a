package holdfast.scheduling;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Offer;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Places on one date: for how long somebody may be served there, whoever is there.
 *
 * <p>A place is offered while its branch is open and at least one of the services that it may serve
 * has service hours, less every closure. For a named resource its working hours count besides.
 *
 * @param services those that it may serve, in the order of the catalogue
 * @param minutes for each local hour of the day, from 0 to 23: minutes times places
 */
public record OfferedPlaces(PlacesId places, List<ServiceId> services, List<Integer> minutes) {

    private static final int HOURS = 24;

    /** All places of a branch; those that are not offered on the date have no minutes. */
    public static List<OfferedPlaces> of(Catalogue catalogue, Branch branch, LocalDate date) {
        var clock = new WallClock(branch.timeZone());
        var calendar = branch.holidayCalendar();
        var opening =
                new OpeningWindows(
                        branch,
                        calendar == null ? null : catalogue.holidayCalendar(calendar).orElse(null),
                        clock);
        var open =
                without(
                        branch.closures().stream().map(Span::of).toList(),
                        common(List.of(clock.day(date)), Span.joined(opening.reaching(date))));
        var offered = new ArrayList<OfferedPlaces>();
        for (var pool : catalogue.document().resourcePools()) {
            if (pool.branch().equals(branch.id())) {
                add(offered, catalogue, pool, clock, date, open);
            }
        }
        return offered;
    }

    private static void add(
            List<OfferedPlaces> offered,
            Catalogue catalogue,
            ResourcePool pool,
            WallClock clock,
            LocalDate date,
            List<Span> open) {
        var services = new ArrayList<ServiceId>();
        var served = new ArrayList<Span>();
        for (var service : catalogue.services()) {
            for (var offer : service.branches()) {
                if (mayServe(pool, service, offer)) {
                    services.add(service.id());
                    served.addAll(
                            without(
                                    offer.closures().stream().map(Span::of).toList(),
                                    within(new Hours(offer.hours(), clock), date, open)));
                }
            }
        }
        var there = without(pool.closures().stream().map(Span::of).toList(), Span.joined(served));
        var capacity = pool.capacity();
        if (capacity != null) {
            offered.add(
                    new OfferedPlaces(
                            PlacesId.of(pool.id()),
                            List.copyOf(services),
                            minutes(there, clock, Capacities.of(pool, capacity))));
        }
        for (var resource : pool.resources()) {
            var working = within(new Hours(resource.workingHours(), clock), date, there);
            var closures = resource.closures().stream().map(Span::of).toList();
            offered.add(
                    new OfferedPlaces(
                            PlacesId.of(resource.id()),
                            List.copyOf(services),
                            minutes(
                                    without(closures, working),
                                    clock,
                                    Capacities.always(resource.places()))));
        }
    }

    private static boolean mayServe(ResourcePool pool, Service service, Offer offer) {
        return offer.branch().equals(pool.branch())
                && offer.resourcePools().contains(pool.id())
                && service.resourceTypes().contains(pool.resourceType());
    }

    private static List<Span> within(Hours hours, LocalDate date, List<Span> spans) {
        return hours.isAlways() ? spans : common(spans, Span.joined(hours.reaching(date)));
    }

    /** What both have; both are joined. */
    private static List<Span> common(List<Span> some, List<Span> others) {
        var common = new ArrayList<Span>();
        for (var one : some) {
            for (var other : others) {
                if (one.meets(other)) {
                    common.add(
                            new Span(
                                    Math.max(one.from(), other.from()),
                                    Math.min(one.to(), other.to())));
                }
            }
        }
        return common;
    }

    private static List<Span> without(List<Span> gone, List<Span> spans) {
        var left = spans;
        for (var hole : gone) {
            var cut = new ArrayList<Span>();
            for (var span : left) {
                if (!span.meets(hole)) {
                    cut.add(span);
                    continue;
                }
                if (span.from() < hole.from()) {
                    cut.add(new Span(span.from(), hole.from()));
                }
                if (hole.to() < span.to()) {
                    cut.add(new Span(hole.to(), span.to()));
                }
            }
            left = cut;
        }
        return left;
    }

    /** Each stretch with as many places as there are in it. */
    private static List<Integer> minutes(List<Span> spans, WallClock clock, Capacities capacities) {
        var periods =
                capacities.periods().stream()
                        .map(each -> Span.of(each.from().toInstant(), each.to().toInstant()))
                        .toList();
        var seconds = new long[HOURS];
        addSeconds(without(periods, spans), clock, capacities.usual(), seconds);
        for (int n = 0; n < periods.size(); n++) {
            addSeconds(
                    common(spans, List.of(periods.get(n))),
                    clock,
                    capacities.periods().get(n).capacity(),
                    seconds);
        }
        var minutes = new ArrayList<Integer>(HOURS);
        for (long inHour : seconds) {
            minutes.add((int) (inHour / 60));
        }
        return List.copyOf(minutes);
    }

    private static void addSeconds(
            List<Span> spans, WallClock clock, int capacity, long[] seconds) {
        for (var span : spans) {
            for (long at = span.from(); at < span.to(); ) {
                var local = Instant.ofEpochSecond(at).atZone(clock.zone());
                long next = at + 3_600 - local.getMinute() * 60L - local.getSecond();
                long end = Math.min(next, span.to());
                seconds[local.getHour()] += (end - at) * capacity;
                at = end;
            }
        }
    }
}
