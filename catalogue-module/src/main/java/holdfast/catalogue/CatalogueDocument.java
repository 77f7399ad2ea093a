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
        List<ServiceCombination> serviceCombinations) {

    CatalogueDocument withTenant(Tenant other) {
        return new CatalogueDocument(
                other,
                holidayCalendars,
                resourceTypes,
                branches,
                resourcePools,
                services,
                serviceGroups,
                serviceCombinations);
    }

    CatalogueDocument withHolidayCalendars(List<HolidayCalendar> others) {
        return new CatalogueDocument(
                tenant,
                others,
                resourceTypes,
                branches,
                resourcePools,
                services,
                serviceGroups,
                serviceCombinations);
    }

    CatalogueDocument withResourceTypes(List<ResourceType> others) {
        return new CatalogueDocument(
                tenant,
                holidayCalendars,
                others,
                branches,
                resourcePools,
                services,
                serviceGroups,
                serviceCombinations);
    }

    CatalogueDocument withBranches(List<Branch> others) {
        return new CatalogueDocument(
                tenant,
                holidayCalendars,
                resourceTypes,
                others,
                resourcePools,
                services,
                serviceGroups,
                serviceCombinations);
    }

    CatalogueDocument withResourcePools(List<ResourcePool> others) {
        return new CatalogueDocument(
                tenant,
                holidayCalendars,
                resourceTypes,
                branches,
                others,
                services,
                serviceGroups,
                serviceCombinations);
    }

    CatalogueDocument withServices(List<Service> others) {
        return new CatalogueDocument(
                tenant,
                holidayCalendars,
                resourceTypes,
                branches,
                resourcePools,
                others,
                serviceGroups,
                serviceCombinations);
    }

    CatalogueDocument withServiceGroups(List<ServiceGroup> others) {
        return new CatalogueDocument(
                tenant,
                holidayCalendars,
                resourceTypes,
                branches,
                resourcePools,
                services,
                others,
                serviceCombinations);
    }

    CatalogueDocument withServiceCombinations(List<ServiceCombination> others) {
        return new CatalogueDocument(
                tenant,
                holidayCalendars,
                resourceTypes,
                branches,
                resourcePools,
                services,
                serviceGroups,
                others);
    }
}
