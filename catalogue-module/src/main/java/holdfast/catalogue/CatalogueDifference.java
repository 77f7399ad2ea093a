package holdfast.catalogue;

import holdfast.catalogue.CatalogueChange.How;
import holdfast.catalogue.CatalogueEvent.Arranged;
import holdfast.catalogue.CatalogueEvent.BranchDefined;
import holdfast.catalogue.CatalogueEvent.BranchRemoved;
import holdfast.catalogue.CatalogueEvent.CombinationDefined;
import holdfast.catalogue.CatalogueEvent.CombinationRemoved;
import holdfast.catalogue.CatalogueEvent.HolidayCalendarDefined;
import holdfast.catalogue.CatalogueEvent.HolidayCalendarRemoved;
import holdfast.catalogue.CatalogueEvent.OfferDefined;
import holdfast.catalogue.CatalogueEvent.OfferWithdrawn;
import holdfast.catalogue.CatalogueEvent.OffersArranged;
import holdfast.catalogue.CatalogueEvent.ResourcePoolDefined;
import holdfast.catalogue.CatalogueEvent.ResourcePoolRemoved;
import holdfast.catalogue.CatalogueEvent.ResourceTypeDefined;
import holdfast.catalogue.CatalogueEvent.ResourceTypeRemoved;
import holdfast.catalogue.CatalogueEvent.ServiceDefined;
import holdfast.catalogue.CatalogueEvent.ServiceGroupDefined;
import holdfast.catalogue.CatalogueEvent.ServiceGroupRemoved;
import holdfast.catalogue.CatalogueEvent.ServiceRemoved;
import holdfast.catalogue.CatalogueEvent.TenantChanged;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What has to happen to one catalogue document to make it another.
 *
 * <p>Both are without faults; in particular no id stands twice.
 */
final class CatalogueDifference {

    private final TenantId tenant;
    private final List<CatalogueEvent> defined = new ArrayList<>();
    private final List<CatalogueEvent> removed = new ArrayList<>();
    private final List<CatalogueEvent> arranged = new ArrayList<>();
    private final List<CatalogueChange> changes = new ArrayList<>();

    private CatalogueDifference(TenantId tenant) {
        this.tenant = tenant;
    }

    /** The way from {@code before} to {@code after}, both of one tenant. */
    static CatalogueDifference between(CatalogueDocument before, CatalogueDocument after) {
        var difference = new CatalogueDifference(after.tenant().id());
        difference.compareAll(before, after);
        return difference;
    }

    /** For people; empty exactly if the documents say the same in the same order. */
    List<CatalogueChange> changes() {
        return changes;
    }

    /**
     * For the log: what is referred to is defined before and removed after what refers to it, so
     * that a reader who stops anywhere in between finds no dangling reference that was not there
     * before.
     */
    List<CatalogueEvent> events() {
        var events = new ArrayList<>(defined);
        events.addAll(removed.reversed());
        events.addAll(arranged);
        return events;
    }

    private void compareAll(CatalogueDocument before, CatalogueDocument after) {
        if (!before.tenant().equals(after.tenant())) {
            defined.add(new TenantChanged(tenant, after.tenant()));
            changes.add(new CatalogueChange(CatalogueKind.TENANT, tenant.text(), How.CHANGED));
        }
        compare(
                CatalogueKind.HOLIDAY_CALENDAR,
                before.holidayCalendars(),
                after.holidayCalendars(),
                calendar -> calendar.id().text(),
                HolidayCalendarDefined::new,
                (t, calendar) -> new HolidayCalendarRemoved(t, calendar.id()));
        compare(
                CatalogueKind.RESOURCE_TYPE,
                before.resourceTypes(),
                after.resourceTypes(),
                type -> type.id().text(),
                ResourceTypeDefined::new,
                (t, type) -> new ResourceTypeRemoved(t, type.id()));
        compare(
                CatalogueKind.BRANCH,
                before.branches(),
                after.branches(),
                branch -> branch.id().text(),
                BranchDefined::new,
                (t, branch) -> new BranchRemoved(t, branch.id()));
        compare(
                CatalogueKind.RESOURCE_POOL,
                before.resourcePools(),
                after.resourcePools(),
                pool -> pool.id().text(),
                ResourcePoolDefined::new,
                (t, pool) -> new ResourcePoolRemoved(t, pool.id()));
        compare(
                CatalogueKind.SERVICE,
                withoutOffers(before.services()),
                withoutOffers(after.services()),
                service -> service.id().text(),
                ServiceDefined::new,
                (t, service) -> new ServiceRemoved(t, service.id()));
        var offersBefore = new HashMap<ServiceId, List<Offer>>();
        before.services().forEach(service -> offersBefore.put(service.id(), service.branches()));
        for (var service : after.services()) {
            compareOffers(service, offersBefore.getOrDefault(service.id(), List.of()));
        }
        compare(
                CatalogueKind.SERVICE_GROUP,
                before.serviceGroups(),
                after.serviceGroups(),
                group -> group.id().text(),
                ServiceGroupDefined::new,
                (t, group) -> new ServiceGroupRemoved(t, group.id()));
        compare(
                CatalogueKind.SERVICE_COMBINATION,
                before.serviceCombinations(),
                after.serviceCombinations(),
                ServiceCombination::key,
                CombinationDefined::new,
                CombinationRemoved::new);
    }

    private static List<Service> withoutOffers(List<Service> services) {
        return services.stream().map(service -> service.withBranches(List.of())).toList();
    }

    private void compareOffers(Service service, List<Offer> before) {
        compare(
                CatalogueKind.OFFER,
                before,
                service.branches(),
                offer -> service.id().text() + "/" + offer.branch().text(),
                (t, offer) -> new OfferDefined(t, service.id(), offer),
                (t, offer) -> new OfferWithdrawn(t, service.id(), offer.branch()),
                _ ->
                        new OffersArranged(
                                tenant,
                                service.id(),
                                service.branches().stream().map(Offer::branch).toList()));
    }

    private <T> void compare(
            CatalogueKind kind,
            List<T> before,
            List<T> after,
            Function<T, String> id,
            BiFunction<TenantId, T, CatalogueEvent> define,
            BiFunction<TenantId, T, CatalogueEvent> remove) {
        compare(
                kind,
                before,
                after,
                id,
                define,
                remove,
                ids -> new Arranged(tenant, kind, List.copyOf(ids)));
    }

    private <T> void compare(
            CatalogueKind kind,
            List<T> before,
            List<T> after,
            Function<T, String> id,
            BiFunction<TenantId, T, CatalogueEvent> define,
            BiFunction<TenantId, T, CatalogueEvent> remove,
            Function<List<String>, CatalogueEvent> arrange) {
        var was = byId(before, id);
        var will = byId(after, id);
        will.forEach(
                (key, one) -> {
                    var other = was.get(key);
                    if (!one.equals(other)) {
                        defined.add(define.apply(tenant, one));
                        changes.add(
                                new CatalogueChange(
                                        kind, key, other == null ? How.ADDED : How.CHANGED));
                    }
                });
        was.forEach(
                (key, one) -> {
                    if (!will.containsKey(key)) {
                        removed.add(remove.apply(tenant, one));
                        changes.add(new CatalogueChange(kind, key, How.REMOVED));
                    }
                });

        var order = List.copyOf(will.keySet());
        var stayed = was.keySet().stream().filter(will::containsKey).toList();
        var orderByItself = new ArrayList<>(stayed);
        order.stream().filter(key -> !was.containsKey(key)).forEach(orderByItself::add);
        if (!orderByItself.equals(order)) {
            arranged.add(arrange.apply(order));
            for (var key : moved(stayed, order)) {
                changes.add(new CatalogueChange(kind, key, How.MOVED));
            }
        }
    }

    private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
        var byId = LinkedHashMap.<String, T>newLinkedHashMap(all.size());
        all.forEach(one -> byId.put(id.apply(one), one));
        return byId;
    }

    /**
     * The fewest that have to move so that those who stayed stand in the new order: all but a
     * longest run whose old places ascend.
     */
    private static List<String> moved(List<String> stayed, List<String> order) {
        var oldPlace = new HashMap<String, Integer>();
        stayed.forEach(key -> oldPlace.put(key, oldPlace.size()));
        var keys = order.stream().filter(oldPlace::containsKey).toList();
        var places = keys.stream().mapToInt(oldPlace::get).toArray();

        // Patience sorting: ends[n] is where the best ascending run of n + 1 places ends.
        var ends = new int[places.length];
        var before = new int[places.length];
        var longest = 0;
        for (var i = 0; i < places.length; i++) {
            var length = 0;
            for (var high = longest; length < high; ) {
                var middle = (length + high) >>> 1;
                if (places[ends[middle]] < places[i]) {
                    length = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = length == 0 ? -1 : ends[length - 1];
            ends[length] = i;
            longest = Math.max(longest, length + 1);
        }
        var staying = new boolean[places.length];
        for (var i = longest == 0 ? -1 : ends[longest - 1]; i >= 0; i = before[i]) {
            staying[i] = true;
        }
        var moved = new ArrayList<String>();
        for (var i = 0; i < places.length; i++) {
            if (!staying[i]) {
                moved.add(keys.get(i));
            }
        }
        return moved;
    }
}
