package holdfast.catalogue;

import java.util.List;

/** Everything a tenant offers, as one document: what {@code PUT /admin/v1/catalogue} applies. */
public record CatalogueDocument(
        Tenant tenant,
        List<HolidayCalendar> holidayCalendars,
        List<ResourceType> resourceTypes,
        List<Branch> branches,
        List<ResourcePool> resourcePools,
        List<Service> services,
        List<ServiceGroup> serviceGroups,
        List<ServiceCombination> serviceCombinations) {}
