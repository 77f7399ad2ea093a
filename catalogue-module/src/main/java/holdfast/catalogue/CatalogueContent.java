package holdfast.catalogue;

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
import holdfast.catalogue.CatalogueEvent.TenantCreated;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * A catalogue while its events are folded; the only place that knows what each of them means. Not
 * thread-safe.
 */
final class CatalogueContent {

    private @Nullable Tenant tenant;
    // A linked map keeps the place of a key that is put again: just what a definition promises.
    private final LinkedHashMap<String, HolidayCalendar> holidayCalendars = new LinkedHashMap<>();
    private final LinkedHashMap<String, ResourceType> resourceTypes = new LinkedHashMap<>();
    private final LinkedHashMap<String, Branch> branches = new LinkedHashMap<>();
    private final LinkedHashMap<String, ResourcePool> resourcePools = new LinkedHashMap<>();
    private final LinkedHashMap<String, OfferedService> services = new LinkedHashMap<>();
    private final LinkedHashMap<String, ServiceGroup> serviceGroups = new LinkedHashMap<>();
    private final LinkedHashMap<String, ServiceCombination> combinations = new LinkedHashMap<>();

    private record OfferedService(Service service, LinkedHashMap<String, Offer> offers) {

        Service whole() {
            return service.withBranches(List.copyOf(offers.values()));
        }
    }

    static CatalogueContent of(CatalogueDocument document) {
        var content = new CatalogueContent();
        content.tenant = document.tenant();
        document.holidayCalendars()
                .forEach(calendar -> content.holidayCalendars.put(calendar.id().text(), calendar));
        document.resourceTypes().forEach(type -> content.resourceTypes.put(type.id().text(), type));
        document.branches().forEach(branch -> content.branches.put(branch.id().text(), branch));
        document.resourcePools().forEach(pool -> content.resourcePools.put(pool.id().text(), pool));
        for (var service : document.services()) {
            content.define(service);
            service.branches()
                    .forEach(
                            offer ->
                                    content.offersOf(service.id())
                                            .put(offer.branch().text(), offer));
        }
        document.serviceGroups()
                .forEach(group -> content.serviceGroups.put(group.id().text(), group));
        document.serviceCombinations()
                .forEach(combination -> content.combinations.put(combination.key(), combination));
        return content;
    }

    void apply(CatalogueEvent event) {
        switch (event) {
            case TenantCreated(_, var definition) -> tenant = definition;
            case TenantChanged(_, var definition) -> tenant = definition;
            case HolidayCalendarDefined(_, var calendar) ->
                    holidayCalendars.put(calendar.id().text(), calendar);
            case HolidayCalendarRemoved(_, var id) -> holidayCalendars.remove(id.text());
            case ResourceTypeDefined(_, var type) -> resourceTypes.put(type.id().text(), type);
            case ResourceTypeRemoved(_, var id) -> resourceTypes.remove(id.text());
            case BranchDefined(_, var branch) -> branches.put(branch.id().text(), branch);
            case BranchRemoved(_, var id) -> branches.remove(id.text());
            case ResourcePoolDefined(_, var pool) -> resourcePools.put(pool.id().text(), pool);
            case ResourcePoolRemoved(_, var id) -> resourcePools.remove(id.text());
            case ServiceDefined(_, var service) -> define(service);
            case ServiceRemoved(_, var id) -> services.remove(id.text());
            case OfferDefined(_, var service, var offer) ->
                    offersOf(service).put(offer.branch().text(), offer);
            case OfferWithdrawn(_, var service, var branch) ->
                    offersOf(service).remove(branch.text());
            case ServiceGroupDefined(_, var group) -> serviceGroups.put(group.id().text(), group);
            case ServiceGroupRemoved(_, var id) -> serviceGroups.remove(id.text());
            case CombinationDefined(_, var combination) ->
                    combinations.put(combination.key(), combination);
            case CombinationRemoved(_, var combination) -> combinations.remove(combination.key());
            case Arranged(_, var kind, var ids) -> arrange(all(kind), ids);
            case OffersArranged(_, var service, var branches) ->
                    arrange(offersOf(service), branches.stream().map(BranchId::text).toList());
        }
    }

    private void define(Service service) {
        var known = services.get(service.id().text());
        services.put(
                service.id().text(),
                new OfferedService(
                        service.withBranches(List.of()),
                        known == null ? new LinkedHashMap<>() : known.offers()));
    }

    private LinkedHashMap<String, Offer> offersOf(ServiceId id) {
        var service = services.get(id.text());
        if (service == null) {
            throw new IllegalStateException("The service of an offer was never defined: " + id);
        }
        return service.offers();
    }

    private LinkedHashMap<String, ?> all(CatalogueKind kind) {
        return switch (kind) {
            case HOLIDAY_CALENDAR -> holidayCalendars;
            case RESOURCE_TYPE -> resourceTypes;
            case BRANCH -> branches;
            case RESOURCE_POOL -> resourcePools;
            case SERVICE -> services;
            case SERVICE_GROUP -> serviceGroups;
            case SERVICE_COMBINATION -> combinations;
            case TENANT, OFFER ->
                    throw new IllegalArgumentException("Not arranged as a whole: " + kind);
        };
    }

    private static <T> void arrange(LinkedHashMap<String, T> all, List<String> ids) {
        for (var id : ids) {
            var one = all.remove(id);
            if (one != null) {
                all.put(id, one);
            }
        }
    }

    boolean isEmpty() {
        return tenant == null;
    }

    CatalogueDocument document() {
        if (tenant == null) {
            throw new IllegalStateException("A catalogue begins with its tenant");
        }
        return new CatalogueDocument(
                tenant,
                List.copyOf(holidayCalendars.values()),
                List.copyOf(resourceTypes.values()),
                List.copyOf(branches.values()),
                List.copyOf(resourcePools.values()),
                services.values().stream().map(OfferedService::whole).toList(),
                List.copyOf(serviceGroups.values()),
                List.copyOf(combinations.values()));
    }
}
