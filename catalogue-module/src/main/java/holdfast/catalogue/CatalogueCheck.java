package holdfast.catalogue;

import static holdfast.catalogue.Phrase.phrase;

import static java.util.Comparator.comparing;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

import holdfast.catalogue.CatalogueRefusal.FaultyDocument;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds what is wrong with a document whose parts are each well formed: ids that stand twice or
 * lead nowhere, numbers out of range, rules that contradict themselves. Finds all of it in one
 * pass.
 */
final class CatalogueCheck {

    /** The longest length in minutes: a year, far from where sums of lengths overflow. */
    static final int LONGEST_MINUTES = 366 * 24 * 60;

    /** The farthest horizon in days: a century. */
    static final int FARTHEST_DAYS = 36_525;

    /** The most places, occurrences or other things counted. */
    static final int MOST = 100_000;

    private static final Duration LONGEST_HOLD = Duration.ofDays(366);

    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}");

    // These two go into a header, where a space, a comma or a semicolon would begin something else.
    private static final Pattern PICTURE =
            Pattern.compile("https://[A-Za-z0-9.-]+(:\\d{1,5})?/[A-Za-z0-9._~/%?&=+-]*");

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*");

    /** In lower case, and without a path: else no browser ever sends the same. */
    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9.-]{1,253}(:[1-9][0-9]{0,4})?");

    private final CatalogueDocument document;
    private final List<Fault> faults = new ArrayList<>();

    private final Set<HolidayCalendarId> holidayCalendars;
    private final Set<ResourceTypeId> resourceTypes;
    private final Set<BranchId> branches;
    private final Map<PoolId, ResourcePool> pools = new HashMap<>();
    private final Map<ServiceId, Set<BranchId>> offered = new HashMap<>();

    private CatalogueCheck(CatalogueDocument document) {
        this.document = document;
        holidayCalendars = ids(document.holidayCalendars(), HolidayCalendar::id);
        resourceTypes = ids(document.resourceTypes(), ResourceType::id);
        branches = ids(document.branches(), Branch::id);
        document.resourcePools().forEach(pool -> pools.putIfAbsent(pool.id(), pool));
        for (var service : document.services()) {
            offered.computeIfAbsent(service.id(), _ -> new HashSet<>())
                    .addAll(ids(service.branches(), Offer::branch));
        }
    }

    private static <T, I> Set<I> ids(List<T> all, Function<T, I> id) {
        return all.stream().map(id).collect(Collectors.toSet());
    }

    /** Refuses the document if it has faults as the catalogue of {@code tenant}. */
    static void refuseFaulty(CatalogueDocument document, TenantId tenant) {
        refuse(faultsOf(document, tenant));
    }

    /** Refuses the tenant, which stands alone, if it has faults. */
    static void refuseFaulty(Tenant tenant) {
        refuse(faultsOf(tenant));
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new Refused(new FaultyDocument(faults));
        }
    }

    /** Every fault of the document as the catalogue of {@code tenant}; empty if there is none. */
    static List<Fault> faultsOf(CatalogueDocument document, TenantId tenant) {
        var check = new CatalogueCheck(document);
        if (!document.tenant().id().equals(tenant)) {
            check.fault(
                    new Pointer("/tenant/id"),
                    "This is the catalogue of %s, asked for was that of %s",
                    document.tenant().id(),
                    tenant);
        }
        check.tenant(document.tenant(), new Pointer("/tenant"));
        check.everything();
        return List.copyOf(check.faults);
    }

    /** Every fault of a tenant that stands alone. */
    static List<Fault> faultsOf(Tenant tenant) {
        var none =
                new CatalogueDocument(
                        tenant, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                        List.of());
        var check = new CatalogueCheck(none);
        check.tenant(tenant, new Pointer(""));
        return List.copyOf(check.faults);
    }

    /** A place in the document, as of RFC 6901. */
    private record Pointer(String text) {

        Pointer at(String member) {
            return new Pointer(text + "/" + member.replace("~", "~0").replace("/", "~1"));
        }

        Pointer at(int index) {
            return new Pointer(text + "/" + index);
        }
    }

    @FormatMethod
    private void fault(Pointer where, @FormatString String template, Object... arguments) {
        faults.add(new Fault(where.text(), template, arguments));
    }

    private interface Each<T> {
        void check(T one, Pointer where);
    }

    private static <T> void each(List<T> all, Pointer where, Each<T> check) {
        for (var i = 0; i < all.size(); i++) {
            check.check(all.get(i), where.at(i));
        }
    }

    /** Things that may stand once only, and who stood there first. */
    private final class Once<K> {
        private final Map<K, Pointer> first = new HashMap<>();

        void seen(K key, Pointer where, Phrase what) {
            var earlier = first.putIfAbsent(key, where);
            if (earlier != null) {
                fault(where, "%s is already at %s", what, earlier.text());
            }
        }
    }

    private void tenant(Tenant tenant, Pointer where) {
        text(tenant.name(), where.at("name"));
        zone(tenant.timeZone(), where.at("timeZone"));
        if (tenant.languages().isEmpty()) {
            fault(where.at("languages"), "A tenant has at least one language");
        }
        var once = new Once<Locale>();
        each(
                tenant.languages(),
                where.at("languages"),
                (language, at) -> {
                    if (language(language.text(), at)) {
                        once.seen(language.locale(), at, phrase("The language %s", language));
                    }
                });
        if (tenant.languages().stream().noneMatch(tenant.defaultLanguage()::isSameAs)) {
            fault(where.at("defaultLanguage"), "The default language is not among the languages");
        }
        var settings = tenant.settings();
        var at = where.at("settings");
        if (settings.hold() != null
                && (!settings.hold().isPositive() || settings.hold().compareTo(LONGEST_HOLD) > 0)) {
            fault(at.at("hold"), "A hold lasts more than nothing and at most a year");
        }
        between(0, settings.maxHoldExtensions(), MOST, at.at("maxHoldExtensions"));
        between(1, settings.maxOpenHoldsPerCustomer(), MOST, at.at("maxOpenHoldsPerCustomer"));
        between(
                0,
                settings.cancelDeadlineMinutes(),
                LONGEST_MINUTES,
                at.at("cancelDeadlineMinutes"));
        between(0, settings.retentionDays(), MOST, at.at("retentionDays"));
        if (settings.allowedOrigins() != null) {
            origins(settings.allowedOrigins(), at.at("allowedOrigins"));
        }
        pages(settings.pagesOrUsual(), at.at("pages"));
    }

    private void pages(TenantSettings.Pages pages, Pointer at) {
        if (pages.colour() != null && !COLOUR.matcher(pages.colour()).matches()) {
            fault(at.at("colour"), "No colour such as #1f5f5b: %s", pages.colour());
        }
        if (pages.logo() != null && !PICTURE.matcher(pages.logo()).matches()) {
            fault(at.at("logo"), "No https address of a picture: %s", pages.logo());
        }
        origins(pages.frameAncestors(), at.at("frameAncestors"));
    }

    private void origins(List<String> origins, Pointer where) {
        var once = new Once<String>();
        each(
                origins,
                where,
                (origin, at) -> {
                    once.seen(origin, at, phrase("This origin"));
                    if (!ORIGIN.matcher(origin).matches()) {
                        fault(
                                at,
                                "An origin is written as browsers write it, such as"
                                        + " https://www.example.org or http://localhost:8080");
                    }
                });
    }

    private void everything() {
        var top = new Pointer("");

        var calendars = new Once<HolidayCalendarId>();
        each(
                document.holidayCalendars(),
                top.at("holidayCalendars"),
                (calendar, at) -> calendars.seen(calendar.id(), at.at("id"), phrase("This id")));

        var types = new Once<ResourceTypeId>();
        each(
                document.resourceTypes(),
                top.at("resourceTypes"),
                (type, at) -> {
                    types.seen(type.id(), at.at("id"), phrase("This id"));
                    text(type.name(), at.at("name"));
                });

        var branchIds = new Once<BranchId>();
        each(
                document.branches(),
                top.at("branches"),
                (branch, at) -> {
                    branchIds.seen(branch.id(), at.at("id"), phrase("This id"));
                    branch(branch, at);
                });

        // Pools and resources are both places whose time is taken, so they share one space of ids.
        var places = new Once<String>();
        each(
                document.resourcePools(),
                top.at("resourcePools"),
                (pool, at) -> pool(pool, at, places));

        var services = new Once<ServiceId>();
        each(
                document.services(),
                top.at("services"),
                (service, at) -> {
                    services.seen(service.id(), at.at("id"), phrase("This id"));
                    service(service, at);
                });

        var groups = new Once<ServiceGroupId>();
        each(
                document.serviceGroups(),
                top.at("serviceGroups"),
                (group, at) -> {
                    groups.seen(group.id(), at.at("id"), phrase("This id"));
                    text(group.name(), at.at("name"));
                    var members = new Once<ServiceId>();
                    each(
                            group.services(),
                            at.at("services"),
                            (service, there) -> {
                                known(service, offered.keySet(), there, phrase("service"));
                                members.seen(service, there, phrase("This service"));
                            });
                });

        var sets = new Once<String>();
        each(
                document.serviceCombinations(),
                top.at("serviceCombinations"),
                (combination, at) -> {
                    sets.seen(combination.key(), at, phrase("This set of services"));
                    combination(combination, at);
                });
    }

    private void branch(Branch branch, Pointer where) {
        text(branch.name(), where.at("name"));
        zone(branch.timeZone(), where.at("timeZone"));
        if (branch.location() != null) {
            degrees(branch.location().longitude(), 180, where.at("location").at("longitude"));
            degrees(branch.location().latitude(), 90, where.at("location").at("latitude"));
        }
        if (branch.holidayCalendar() != null) {
            known(
                    branch.holidayCalendar(),
                    holidayCalendars,
                    where.at("holidayCalendar"),
                    phrase("holiday calendar"));
        }
        windows(branch.openingHours(), where.at("openingHours"));
        var dates = new Once<LocalDate>();
        each(
                branch.specialDays(),
                where.at("specialDays"),
                (day, at) -> {
                    dates.seen(day.date(), at.at("date"), phrase("This date"));
                    each(
                            day.windows(),
                            at.at("windows"),
                            (window, there) -> beginsInItsDay(window.from(), there));
                });
        closures(branch.closures(), where.at("closures"));
        if (branch.booking() != null) {
            var at = where.at("booking");
            between(
                    0,
                    branch.booking().minimumNoticeMinutes(),
                    LONGEST_MINUTES,
                    at.at("minimumNoticeMinutes"));
            between(0, branch.booking().horizonDays(), FARTHEST_DAYS, at.at("horizonDays"));
        }
    }

    private void pool(ResourcePool pool, Pointer where, Once<String> places) {
        places.seen(pool.id().text(), where.at("id"), phrase("This id"));
        text(pool.name(), where.at("name"));
        known(pool.branch(), branches, where.at("branch"), phrase("branch"));
        known(
                pool.resourceType(),
                resourceTypes,
                where.at("resourceType"),
                phrase("resource type"));
        if (pool.capacity() == null && pool.resources().isEmpty()) {
            fault(where, "A pool has either a capacity or resources; this one has neither");
        }
        if (pool.capacity() != null && !pool.resources().isEmpty()) {
            fault(where, "A pool has either a capacity or resources; this one has both");
        }
        between(1, pool.capacity(), MOST, where.at("capacity"));
        each(
                pool.resources(),
                where.at("resources"),
                (resource, at) -> {
                    places.seen(resource.id().text(), at.at("id"), phrase("This id"));
                    text(resource.name(), at.at("name"));
                    between(1, resource.capacity(), MOST, at.at("capacity"));
                    windows(resource.workingHours(), at.at("workingHours"));
                    closures(resource.closures(), at.at("closures"));
                });
        closures(pool.closures(), where.at("closures"));
        temporaryCapacities(pool, where.at("temporaryCapacities"));
    }

    private void temporaryCapacities(ResourcePool pool, Pointer where) {
        if (!pool.isVirtual() && !pool.temporaryCapacities().isEmpty()) {
            fault(where, "Only a pool with a capacity has another one for a time");
        }
        var periods = pool.temporaryCapacities();
        each(
                periods,
                where,
                (period, at) -> {
                    if (!period.to().isAfter(period.from())) {
                        fault(at.at("to"), "A temporary capacity ends after it begins");
                    }
                    between(0, period.capacity(), MOST, at.at("capacity"));
                });
        @Nullable Integer before = null;
        for (var next :
                IntStream.range(0, periods.size())
                        .boxed()
                        .sorted(comparing(i -> periods.get(i).from().toInstant()))
                        .toList()) {
            if (before != null && periods.get(next).from().isBefore(periods.get(before).to())) {
                fault(
                        where.at(Math.max(next, before)),
                        "This period overlaps the one at %s",
                        where.at(Math.min(next, before)).text());
            }
            if (before == null || periods.get(next).to().isAfter(periods.get(before).to())) {
                before = next;
            }
        }
    }

    private void service(Service service, Pointer where) {
        text(service.name(), where.at("name"));
        between(1, service.durationMinutes(), LONGEST_MINUTES, where.at("durationMinutes"));
        between(
                1,
                service.additionalDurationMinutes(),
                LONGEST_MINUTES,
                where.at("additionalDurationMinutes"));
        between(1, service.slotIntervalMinutes(), LONGEST_MINUTES, where.at("slotIntervalMinutes"));
        between(0, service.bufferBeforeMinutes(), LONGEST_MINUTES, where.at("bufferBeforeMinutes"));
        between(0, service.bufferAfterMinutes(), LONGEST_MINUTES, where.at("bufferAfterMinutes"));
        between(1, service.maxNumberOfReservations(), MOST, where.at("maxNumberOfReservations"));

        if (service.resourceTypes().isEmpty()) {
            fault(where.at("resourceTypes"), "A service needs at least one type of resource");
        }
        var types = new Once<ResourceTypeId>();
        each(
                service.resourceTypes(),
                where.at("resourceTypes"),
                (type, at) -> {
                    known(type, resourceTypes, at, phrase("resource type"));
                    types.seen(type, at, phrase("This type"));
                });

        var questions = new Once<String>();
        each(
                service.informationQuestions(),
                where.at("informationQuestions"),
                (question, at) -> {
                    if (question.id() != null) {
                        questions.seen(question.id(), at.at("id"), phrase("This id"));
                    }
                    text(question.questionText(), at.at("questionText"));
                });
        each(
                service.screeningQuestions(),
                where.at("screeningQuestions"),
                (question, at) -> {
                    if (question.id() != null) {
                        questions.seen(question.id(), at.at("id"), phrase("This id"));
                    }
                    text(question.questionText(), at.at("questionText"));
                    text(question.answerDeniedMessage(), at.at("answerDeniedMessage"));
                });

        var at = new Once<BranchId>();
        each(
                service.branches(),
                where.at("branches"),
                (offer, there) -> {
                    at.seen(offer.branch(), there.at("branch"), phrase("This branch"));
                    offer(service, offer, there);
                });
    }

    private void offer(Service service, Offer offer, Pointer where) {
        known(offer.branch(), branches, where.at("branch"), phrase("branch"));
        between(1, offer.durationMinutes(), LONGEST_MINUTES, where.at("durationMinutes"));
        between(
                1,
                offer.additionalDurationMinutes(),
                LONGEST_MINUTES,
                where.at("additionalDurationMinutes"));
        between(1, offer.slotIntervalMinutes(), LONGEST_MINUTES, where.at("slotIntervalMinutes"));
        between(1, offer.maxNumberOfReservations(), MOST, where.at("maxNumberOfReservations"));
        windows(offer.hours(), where.at("hours"));
        closures(offer.closures(), where.at("closures"));

        var unserved = new HashSet<>(service.resourceTypes());
        var once = new Once<PoolId>();
        var allKnown = new boolean[] {true};
        each(
                offer.resourcePools(),
                where.at("resourcePools"),
                (id, at) -> {
                    once.seen(id, at, phrase("This pool"));
                    var pool = pools.get(id);
                    if (pool == null) {
                        known(id, pools.keySet(), at, phrase("resource pool"));
                        allKnown[0] = false;
                        return;
                    }
                    unserved.remove(pool.resourceType());
                    if (!pool.branch().equals(offer.branch())) {
                        fault(at, "This pool is at another branch: %s", pool.branch());
                    }
                    if (!service.resourceTypes().contains(pool.resourceType())) {
                        fault(
                                at,
                                "The service needs no resource of this pool's type: %s",
                                pool.resourceType());
                    }
                });
        // With an unknown pool among them nobody can tell which types are served.
        if (allKnown[0]) {
            for (var type : service.resourceTypes()) {
                if (unserved.remove(type)) {
                    fault(
                            where.at("resourcePools"),
                            "No pool serves the required resource type %s",
                            type);
                }
            }
        }
    }

    private void combination(ServiceCombination combination, Pointer where) {
        var knownBranch =
                known(combination.branch(), branches, where.at("branch"), phrase("branch"));
        if (combination.services().size() < 2) {
            fault(where.at("services"), "A combination is of two services or more");
        }
        var members = new Once<ServiceId>();
        each(
                combination.services(),
                where.at("services"),
                (service, at) -> {
                    members.seen(service, at, phrase("This service"));
                    if (known(service, offered.keySet(), at, phrase("service"))
                            && knownBranch
                            && !offered.getOrDefault(service, Set.of())
                                    .contains(combination.branch())) {
                        fault(at, "The service is not offered at the branch");
                    }
                });
    }

    private void windows(List<WeeklyWindow> windows, Pointer where) {
        each(
                windows,
                where,
                (window, at) -> {
                    if (window.days().isEmpty()) {
                        fault(at.at("days"), "A window without days never opens");
                    }
                    beginsInItsDay(window.from(), at);
                    if (window.validFrom() != null
                            && window.validTo() != null
                            && window.validTo().isBefore(window.validFrom())) {
                        fault(at.at("validTo"), "The last date lies before the first");
                    }
                    if (window.everyWeeks() != null) {
                        between(1, window.everyWeeks(), MOST, at.at("everyWeeks"));
                        if (window.validFrom() == null) {
                            fault(
                                    at.at("validFrom"),
                                    "Weeks are counted from validFrom, which is missing");
                        }
                    }
                });
    }

    private void beginsInItsDay(WallTime from, Pointer window) {
        if (from.equals(WallTime.END_OF_DAY)) {
            fault(window.at("from"), "A window begins before its day ends: 24:00 is no beginning");
        }
    }

    private void closures(List<Closure> closures, Pointer where) {
        each(
                closures,
                where,
                (closure, at) -> {
                    if (!closure.to().isAfter(closure.from())) {
                        fault(at.at("to"), "A closure ends after it begins");
                    }
                });
    }

    private <I> boolean known(I id, Set<I> all, Pointer where, Phrase what) {
        if (all.contains(id)) {
            return true;
        }
        fault(where, "No %s has the id %s", what, id);
        return false;
    }

    private void between(int least, @Nullable Integer number, int most, Pointer where) {
        if (number != null && (number < least || number > most)) {
            fault(where, "%d is not between %d and %d", number, least, most);
        }
    }

    private void degrees(double number, double most, Pointer where) {
        if (!(Math.abs(number) <= most)) {
            fault(where, "%s is not between -%s and %s", number, most, most);
        }
    }

    private void zone(ZoneId zone, Pointer where) {
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(zone.getId())) {
            fault(where, "No IANA time zone: %s", zone);
        }
    }

    private void text(String text, Pointer where) {
        if (text.isBlank()) {
            fault(where, "This text is blank");
        }
    }

    /** A text that people are shown: in which languages is the author's choice, in one at least. */
    private void text(LocalizedText text, Pointer where) {
        if (text.texts().values().stream().allMatch(String::isBlank)) {
            fault(where, "This text is blank in every language");
        }
        text.texts().keySet().forEach(language -> language(language, where.at(language)));
    }

    private boolean language(String tag, Pointer where) {
        if (LANGUAGE.matcher(tag).matches()) {
            return true;
        }
        fault(where, "No language tag such as de_DE: %s", tag);
        return false;
    }
}
