package holdfast.scheduling;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ServiceId;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * What a catalogue says about one wish, compiled: immutable but for a cache of dates, safe to share
 * between threads, and worth keeping as long as the catalogue's revision stays.
 */
public final class VisitRules {

    /** Ten years: the desk may book beyond the horizon, but not into the void. */
    private static final int STAFF_HORIZON_DAYS = 3652;

    /** More than two years of dates; when full, the cache starts anew. */
    private static final int MOST_DATES_KEPT = 800;

    private final VisitWish wish;
    private final Audience audience;
    private final Branch branch;
    private final WallClock clock;
    private final List<OfferedService> services;
    private final Timetable timetable;
    private final List<Need> needs;
    private final List<PlacesId> places;
    private final int units;
    private final long length;
    private final long bufferBefore;
    private final long bufferAfter;
    private final Map<LocalDate, DayPlan> days = new ConcurrentHashMap<>();

    private VisitRules(Catalogue catalogue, VisitWish wish, Audience audience) {
        this.wish = wish;
        this.audience = audience;
        branch =
                catalogue
                        .branch(wish.branch())
                        .orElseThrow(
                                () -> refused(new SchedulingRefusal.UnknownBranch(wish.branch())));
        clock = new WallClock(branch.timeZone());
        services = services(catalogue);
        refuseUnlessCombined(catalogue);
        refuseUnlessCounted();
        units = services.stream().mapToInt(OfferedService::units).max().orElseThrow();
        length = services.stream().mapToLong(OfferedService::minutes).sum() * 60;
        bufferBefore = longest(OfferedService::bufferBefore);
        bufferAfter = longest(OfferedService::bufferAfter);
        needs = Need.allOf(catalogue, wish, services, units, clock);
        places = candidates().stream().map(Candidate::places).distinct().toList();
        refuseUnlessSelectable();
        timetable = timetable(catalogue);
    }

    /**
     * @throws Refused with a {@link SchedulingRefusal} if the catalogue does not offer such a visit
     *     at any time
     */
    public static VisitRules of(Catalogue catalogue, VisitWish wish, Audience audience) {
        return new VisitRules(catalogue, wish, audience);
    }

    private static Refused refused(SchedulingRefusal reason) {
        return new Refused(reason);
    }

    private long longest(ToIntFunction<OfferedService> bufferMinutes) {
        return services.stream().mapToInt(bufferMinutes).max().orElseThrow() * 60L;
    }

    private List<OfferedService> services(Catalogue catalogue) {
        return ServiceCount.together(wish.services()).stream()
                .map(wanted -> service(catalogue, wanted.service(), wanted.numberOfReservations()))
                .toList();
    }

    private OfferedService service(Catalogue catalogue, ServiceId id, int count) {
        var service =
                catalogue
                        .service(id)
                        .orElseThrow(() -> refused(new SchedulingRefusal.UnknownService(id)));
        var offer =
                catalogue
                        .offer(id, branch.id())
                        .orElseThrow(
                                () ->
                                        refused(
                                                new SchedulingRefusal.ServiceNotOffered(
                                                        id, branch.id())));
        var offered = OfferedService.of(service, offer, count, clock);
        if (audience == Audience.PUBLIC && !offered.isOnlineBookable()) {
            throw refused(new SchedulingRefusal.NotBookableOnline(id, branch.id()));
        }
        return offered;
    }

    private void refuseUnlessCombined(Catalogue catalogue) {
        if (services.size() == 1) {
            return;
        }
        if (!catalogue.tenant().settings().combinesServices()) {
            throw refused(new SchedulingRefusal.CombinationsSwitchedOff());
        }
        var asked = services.stream().map(OfferedService::id).toList();
        if (catalogue.combinationsAt(branch.id()).stream()
                .noneMatch(set -> set.services().containsAll(asked))) {
            throw refused(new SchedulingRefusal.NotCombined(asked, branch.id()));
        }
    }

    private void refuseUnlessCounted() {
        for (var service : services) {
            if (service.count() < 1 || service.count() > service.most()) {
                throw refused(
                        new SchedulingRefusal.CountOutOfRange(
                                service.id(), service.count(), service.most()));
            }
        }
    }

    private void refuseUnlessSelectable() {
        var requested = wish.requestedResource();
        if (requested == null) {
            return;
        }
        for (var service : services) {
            if (!service.service().resourceSelection()) {
                throw refused(new SchedulingRefusal.ResourceNotSelectable(service.id()));
            }
        }
        if (candidates().stream().noneMatch(c -> requested.equals(c.resource()))) {
            throw refused(new SchedulingRefusal.UnknownResource(requested));
        }
    }

    private Timetable timetable(Catalogue catalogue) {
        var calendar = branch.holidayCalendar();
        var holidays = calendar == null ? null : catalogue.holidayCalendar(calendar).orElse(null);
        long interval = services.stream().mapToLong(OfferedService::interval).min().orElseThrow();
        return new Timetable(
                new OpeningWindows(branch, holidays, clock),
                Closures.of(branch.closures()),
                services,
                length,
                interval * 60);
    }

    public VisitWish wish() {
        return wish;
    }

    public Branch branch() {
        return branch;
    }

    /** The branch's zone: the one its dates and wall times are in. */
    public ZoneId zone() {
        return branch.timeZone();
    }

    /** How long the visit takes, without buffers; elapsed time. */
    public Duration length() {
        return Duration.ofSeconds(length);
    }

    /** From when on a visit with this start keeps its places busy, inclusive. */
    public Instant busyFrom(Instant start) {
        return start.minusSeconds(bufferBefore);
    }

    /** Until when a visit with this start keeps its places busy, exclusive. */
    public Instant busyTo(Instant start) {
        return start.plusSeconds(length + bufferAfter);
    }

    /** How many places of each resource type the visit takes at once. */
    public int units() {
        return units;
    }

    /**
     * All that may serve the visit, type by type and pool by pool. A requested resource leaves no
     * other of its type, or, if the visit takes several at once, none of another pool.
     */
    public List<Candidate> candidates() {
        return needs.stream()
                .flatMap(need -> need.pools().stream())
                .flatMap(pool -> pool.places().stream())
                .map(Places::candidate)
                .toList();
    }

    /** All places whose busy times matter, each once. */
    public List<PlacesId> places() {
        return places;
    }

    /** Whether the customer may ask for a resource: only if each service lets them. */
    public boolean customerMayChoose() {
        return services.stream().allMatch(service -> service.service().resourceSelection());
    }

    /** The date of the earliest start that the notice allows. */
    public LocalDate bookableFrom(Instant now) {
        return LocalDate.ofInstant(earliest(now), zone());
    }

    /** The last date on which a start may lie, inclusive. */
    public LocalDate bookableTo(Instant now) {
        int horizon = audience == Audience.STAFF ? STAFF_HORIZON_DAYS : branch.horizonDays();
        return LocalDate.ofInstant(now, zone()).plusDays(horizon);
    }

    /** Until when the first and the last bookable date stay as they are, exclusive. */
    Instant bookableDatesUntil(Instant now) {
        var notice = Duration.between(now, earliest(now));
        var first = clock.dateLastsUntil(earliest(now)).minus(notice);
        var last = clock.dateLastsUntil(now);
        return first.isBefore(last) ? first : last;
    }

    /** The earliest instant at which a start may lie, inclusive. */
    Instant earliest(Instant now) {
        return audience == Audience.STAFF ? now : now.plus(branch.minimumNotice());
    }

    List<Need> needs() {
        return needs;
    }

    Timetable timetable() {
        return timetable;
    }

    WallClock clock() {
        return clock;
    }

    Span visit(Instant start) {
        return Span.of(start, start.plusSeconds(length));
    }

    Span busy(Instant start) {
        return Span.of(busyFrom(start), busyTo(start));
    }

    DayPlan day(LocalDate date) {
        var known = days.get(date);
        if (known != null) {
            return known;
        }
        if (days.size() >= MOST_DATES_KEPT) {
            days.clear();
        }
        var planned = plan(date);
        days.put(date, planned);
        return planned;
    }

    private DayPlan plan(LocalDate date) {
        var starts = timetable.starts(date);
        var pools =
                needs.stream()
                        .map(
                                need ->
                                        need.pools().stream()
                                                .map(pool -> plan(date, pool, starts))
                                                .toList())
                        .toList();
        return new DayPlan(new Starts(starts), bufferBefore, length + bufferAfter, pools);
    }

    private DayPlan.PoolDay plan(LocalDate date, Pool pool, long[] starts) {
        return new DayPlan.PoolDay(
                pool,
                pool.places().stream()
                        .map(
                                places ->
                                        DayPlan.PlacesDay.of(
                                                places, capacities(date, pool, places, starts)))
                        .toList());
    }

    private int[] capacities(LocalDate date, Pool pool, Places places, long[] starts) {
        var pieces = places.working().reaching(date);
        var capacities = new int[starts.length];
        for (int s = 0; s < starts.length; s++) {
            var visit = new Span(starts[s], starts[s] + length);
            capacities[s] = pool.closures().meet(visit) ? 0 : places.during(visit, pieces);
        }
        return capacities;
    }
}
