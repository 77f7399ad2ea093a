package holdfast.scheduling;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.Closure;
import holdfast.catalogue.HolidayCalendar;
import holdfast.catalogue.HolidayCalendarId;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.Occurrences;
import holdfast.catalogue.Offer;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.ResourcePool.Resource;
import holdfast.catalogue.ResourceType;
import holdfast.catalogue.ResourceTypeId;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceCombination;
import holdfast.catalogue.ServiceGroup;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.SpecialDay;
import holdfast.catalogue.TemporaryCapacity;
import holdfast.catalogue.Tenant;
import holdfast.catalogue.TenantId;
import holdfast.catalogue.TenantSettings;
import holdfast.catalogue.WallTime;
import holdfast.catalogue.WeeklyWindow;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A tenant with one branch, told as a receptionist would: {@code aBranchOpen("09:00",
 * "17:00").withDesks("anna")}. Unless told otherwise it is in Berlin, opens every day, and offers a
 * passport in 30 minutes at any of its pools.
 */
final class Town {

    static final BranchId TOWN_HALL = BranchId.of("town-hall");
    static final ServiceId PASSPORT = ServiceId.of("passport");
    static final ResourceTypeId DESK = ResourceTypeId.of("desk");
    private static final HolidayCalendarId HOLIDAYS = HolidayCalendarId.of("holidays");

    ZoneId zone = ZoneId.of("Europe/Berlin");
    final List<WeeklyWindow> opening = new ArrayList<>();
    final List<SpecialDay> specialDays = new ArrayList<>();
    final List<HolidayCalendar.Holiday> holidays = new ArrayList<>();
    final List<Closure> closures = new ArrayList<>();
    int notice;
    int horizon = 60;
    boolean combines;
    final List<ResourcePool> pools = new ArrayList<>();
    final Map<ServiceId, Offering> offerings = new LinkedHashMap<>();
    final List<ServiceCombination> combinations = new ArrayList<>();

    /** A service and its only offer, with the usual values. */
    static final class Offering {
        int minutes = 30;
        @Nullable Integer additional;
        @Nullable Integer interval;
        @Nullable Integer before;
        @Nullable Integer after;
        @Nullable Occurrences occurrences;
        int most = 10;
        boolean online = true;
        boolean selectable;
        boolean offered = true;
        List<ResourceTypeId> types = List.of(DESK);
        @Nullable Integer minutesHere;
        @Nullable Integer additionalHere;
        @Nullable Integer intervalHere;
        @Nullable Integer mostHere;
        @Nullable Boolean onlineHere;
        final List<WeeklyWindow> hours = new ArrayList<>();
        final List<Closure> closures = new ArrayList<>();

        /** Null: all pools there are. */
        @Nullable List<PoolId> pools;
    }

    Town() {
        offerings.put(PASSPORT, new Offering());
    }

    static Town aBranchOpen(String from, String to) {
        return new Town().open(from, to);
    }

    Town in(String zoneName) {
        zone = ZoneId.of(zoneName);
        return this;
    }

    Town open(String from, String to) {
        opening.add(daily(from, to));
        return this;
    }

    Town withHours(WeeklyWindow hours) {
        opening.add(hours);
        return this;
    }

    Town withSpecialDay(String date, @Nullable String reason, SpecialDay.Window... windows) {
        specialDays.add(new SpecialDay(LocalDate.parse(date), Arrays.asList(windows), reason));
        return this;
    }

    Town withHoliday(String date, String name) {
        holidays.add(new HolidayCalendar.Holiday(LocalDate.parse(date), name));
        return this;
    }

    Town closed(String from, String to) {
        closures.add(closure(from, to));
        return this;
    }

    Town withNotice(int minutes) {
        notice = minutes;
        return this;
    }

    Town withHorizon(int days) {
        horizon = days;
        return this;
    }

    /** A pool of named resources of the type {@link #DESK}. */
    Town withDesks(String... names) {
        return withPool(
                "desks", DESK, null, Arrays.stream(names).map(Town::desk).toArray(Resource[]::new));
    }

    /** A virtual pool of the type {@link #DESK}. */
    Town withCounters(int capacity) {
        return withPool("counters", DESK, capacity);
    }

    Town withPool(
            String id, ResourceTypeId type, @Nullable Integer capacity, Resource... resources) {
        return withPool(id, type, capacity, List.of(), resources);
    }

    Town withPool(
            String id,
            ResourceTypeId type,
            @Nullable Integer capacity,
            List<Closure> poolClosures,
            Resource... resources) {
        pools.add(
                new ResourcePool(
                        PoolId.of(id),
                        TOWN_HALL,
                        type,
                        id,
                        capacity,
                        List.of(resources),
                        poolClosures,
                        List.of()));
        return this;
    }

    /** The pool has so many places from one wall time of Berlin to another. */
    Town temporarily(String pool, int capacity, String from, String to) {
        return temporarily(
                pool,
                List.of(
                        new TemporaryCapacity(
                                inBerlin(from), inBerlin(to), capacity, "the fair is on")));
    }

    Town temporarily(String id, List<TemporaryCapacity> more) {
        pools.replaceAll(
                pool -> {
                    if (!pool.id().text().equals(id)) {
                        return pool;
                    }
                    var periods = new ArrayList<>(pool.temporaryCapacities());
                    periods.addAll(more);
                    return new ResourcePool(
                            pool.id(),
                            pool.branch(),
                            pool.resourceType(),
                            pool.name(),
                            pool.capacity(),
                            pool.resources(),
                            pool.closures(),
                            periods);
                });
        return this;
    }

    Town passport(Consumer<Offering> told) {
        return offer(PASSPORT.text(), told);
    }

    Town offer(String service, Consumer<Offering> told) {
        told.accept(offerings.computeIfAbsent(ServiceId.of(service), _ -> new Offering()));
        return this;
    }

    Town combining(String... services) {
        combines = true;
        combinations.add(
                new ServiceCombination(
                        TOWN_HALL, Arrays.stream(services).map(ServiceId::of).toList()));
        return this;
    }

    static Resource desk(String name) {
        return new Resource(ResourceId.of(name), name, null, List.of(), List.of());
    }

    static Resource desk(String name, WeeklyWindow... working) {
        return new Resource(ResourceId.of(name), name, null, List.of(working), List.of());
    }

    static Resource desk(String name, Closure closure) {
        return new Resource(ResourceId.of(name), name, null, List.of(), List.of(closure));
    }

    static Resource deskFor(String name, int capacity) {
        return new Resource(ResourceId.of(name), name, capacity, List.of(), List.of());
    }

    static WeeklyWindow daily(String from, String to) {
        return on(List.of(DayOfWeek.values()), from, to);
    }

    static WeeklyWindow on(List<DayOfWeek> days, String from, String to) {
        return new WeeklyWindow(days, WallTime.of(from), WallTime.of(to), null, null, null);
    }

    static SpecialDay.Window window(String from, String to) {
        return new SpecialDay.Window(WallTime.of(from), WallTime.of(to));
    }

    /** In wall time of Berlin. */
    static Closure closure(String from, String to) {
        return new Closure(inBerlin(from), inBerlin(to), "building works");
    }

    private static OffsetDateTime inBerlin(String wall) {
        return LocalDateTime.parse(wall).atZone(ZoneId.of("Europe/Berlin")).toOffsetDateTime();
    }

    /** A wall time of this town; where it comes twice, the first. */
    Instant at(String wall) {
        return LocalDateTime.parse(wall).atZone(zone).toInstant();
    }

    VisitRules rules() {
        return rules(1);
    }

    VisitRules rules(int numberOfReservations) {
        return rules(wish(numberOfReservations, null), Audience.PUBLIC);
    }

    VisitRules rulesFor(String resource) {
        return rules(wish(1, resource), Audience.PUBLIC);
    }

    VisitRules rules(VisitWish wish, Audience audience) {
        return VisitRules.of(catalogue(), wish, audience);
    }

    static VisitWish wish(int numberOfReservations, @Nullable String resource) {
        return new VisitWish(
                TOWN_HALL,
                List.of(new ServiceCount(PASSPORT, numberOfReservations)),
                resource == null ? null : ResourceId.of(resource));
    }

    static VisitWish wishOf(ServiceCount... services) {
        return new VisitWish(TOWN_HALL, List.of(services), null);
    }

    static ServiceCount times(int n, String service) {
        return new ServiceCount(ServiceId.of(service), n);
    }

    Catalogue catalogue() {
        var branch =
                new Branch(
                        TOWN_HALL,
                        null,
                        LocalizedText.NONE,
                        new Branch.Address("Marktplatz 1", "10117", "Berlin", "DE"),
                        null,
                        zone,
                        HOLIDAYS,
                        List.copyOf(opening),
                        List.copyOf(specialDays),
                        List.copyOf(closures),
                        new Branch.Booking(notice, horizon));
        var services = new ArrayList<Service>();
        offerings.forEach((id, offering) -> services.add(service(id, offering)));
        var settings =
                new TenantSettings(
                        null, combines, null, null, null, null, null, null, null, null, null);
        var german = LanguageTag.of("de");
        return new Indexed(
                new CatalogueDocument(
                        new Tenant(
                                TenantId.of("town"),
                                "Town",
                                zone,
                                List.of(german),
                                german,
                                settings),
                        List.of(new HolidayCalendar(HOLIDAYS, List.copyOf(holidays))),
                        List.of(),
                        List.of(branch),
                        List.copyOf(pools),
                        services,
                        List.of(),
                        List.copyOf(combinations)));
    }

    private Service service(ServiceId id, Offering told) {
        var offer =
                new Offer(
                        TOWN_HALL,
                        told.minutesHere,
                        told.additionalHere,
                        told.intervalHere,
                        told.mostHere,
                        told.onlineHere,
                        List.copyOf(told.hours),
                        told.pools == null
                                ? pools.stream().map(ResourcePool::id).toList()
                                : told.pools,
                        List.copyOf(told.closures));
        return new Service(
                id,
                null,
                LocalizedText.NONE,
                null,
                null,
                told.minutes,
                told.additional,
                told.interval,
                told.before,
                told.after,
                told.occurrences,
                told.most,
                told.online,
                told.types,
                told.selectable,
                List.of(),
                List.of(),
                told.offered ? List.of(offer) : List.of());
    }

    private record Indexed(CatalogueDocument document) implements Catalogue {

        @Override
        public Tenant tenant() {
            return document.tenant();
        }

        @Override
        public long revision() {
            return 1;
        }

        @Override
        public Optional<Branch> branch(BranchId id) {
            return document.branches().stream().filter(b -> b.id().equals(id)).findAny();
        }

        @Override
        public Optional<HolidayCalendar> holidayCalendar(HolidayCalendarId id) {
            return document.holidayCalendars().stream().filter(c -> c.id().equals(id)).findAny();
        }

        @Override
        public Optional<ResourceType> resourceType(ResourceTypeId id) {
            return Optional.empty();
        }

        @Override
        public Optional<ResourcePool> pool(PoolId id) {
            return document.resourcePools().stream().filter(p -> p.id().equals(id)).findAny();
        }

        @Override
        public int position(PoolId id) {
            return document.resourcePools().stream().map(ResourcePool::id).toList().indexOf(id);
        }

        @Override
        public Optional<Service> service(ServiceId id) {
            return document.services().stream().filter(s -> s.id().equals(id)).findAny();
        }

        @Override
        public Optional<Offer> offer(ServiceId service, BranchId branch) {
            return service(service)
                    .flatMap(
                            s ->
                                    s.branches().stream()
                                            .filter(o -> o.branch().equals(branch))
                                            .findAny());
        }

        @Override
        public List<Branch> branches() {
            return document.branches();
        }

        @Override
        public List<Service> services() {
            return document.services();
        }

        @Override
        public List<ServiceGroup> serviceGroups() {
            return document.serviceGroups();
        }

        @Override
        public List<ServiceCombination> combinationsAt(BranchId branch) {
            return document.serviceCombinations();
        }
    }
}
