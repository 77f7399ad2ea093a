package holdfast.catalogue;

import org.axonframework.serialization.Revision;

import java.util.List;

/**
 * What happened to a tenant's catalogue. Folded in order, the events of one tenant give its
 * document.
 *
 * <p>A definition is whole: defining an id again replaces what it was and keeps its place in the
 * document; a new id takes the last place of its kind. Nobody is named in these events.
 */
public sealed interface CatalogueEvent {

    TenantId tenant();

    /** The tenant exists; its catalogue is empty. */
    @EventName("catalogue.TenantCreated")
    @Revision("1")
    record TenantCreated(TenantId tenant, Tenant definition) implements CatalogueEvent {}

    @EventName("catalogue.TenantChanged")
    @Revision("1")
    record TenantChanged(TenantId tenant, Tenant definition) implements CatalogueEvent {}

    @EventName("catalogue.HolidayCalendarDefined")
    @Revision("1")
    record HolidayCalendarDefined(TenantId tenant, HolidayCalendar calendar)
            implements CatalogueEvent {}

    @EventName("catalogue.HolidayCalendarRemoved")
    @Revision("1")
    record HolidayCalendarRemoved(TenantId tenant, HolidayCalendarId calendar)
            implements CatalogueEvent {}

    @EventName("catalogue.ResourceTypeDefined")
    @Revision("1")
    record ResourceTypeDefined(TenantId tenant, ResourceType type) implements CatalogueEvent {}

    @EventName("catalogue.ResourceTypeRemoved")
    @Revision("1")
    record ResourceTypeRemoved(TenantId tenant, ResourceTypeId type) implements CatalogueEvent {}

    @EventName("catalogue.BranchDefined")
    @Revision("1")
    record BranchDefined(TenantId tenant, Branch branch) implements CatalogueEvent {}

    @EventName("catalogue.BranchRemoved")
    @Revision("1")
    record BranchRemoved(TenantId tenant, BranchId branch) implements CatalogueEvent {}

    @EventName("catalogue.ResourcePoolDefined")
    @Revision("1")
    record ResourcePoolDefined(TenantId tenant, ResourcePool pool) implements CatalogueEvent {}

    @EventName("catalogue.ResourcePoolRemoved")
    @Revision("1")
    record ResourcePoolRemoved(TenantId tenant, PoolId pool) implements CatalogueEvent {}

    /**
     * A service is what it says; where it is offered is told by {@link OfferDefined}.
     *
     * @param service without branches
     */
    @EventName("catalogue.ServiceDefined")
    @Revision("1")
    record ServiceDefined(TenantId tenant, Service service) implements CatalogueEvent {}

    /** The service is gone, and its offers with it. */
    @EventName("catalogue.ServiceRemoved")
    @Revision("1")
    record ServiceRemoved(TenantId tenant, ServiceId service) implements CatalogueEvent {}

    /** The service can be had at the offer's branch, on the offer's terms. */
    @EventName("catalogue.OfferDefined")
    @Revision("1")
    record OfferDefined(TenantId tenant, ServiceId service, Offer offer)
            implements CatalogueEvent {}

    @EventName("catalogue.OfferWithdrawn")
    @Revision("1")
    record OfferWithdrawn(TenantId tenant, ServiceId service, BranchId branch)
            implements CatalogueEvent {}

    @EventName("catalogue.ServiceGroupDefined")
    @Revision("1")
    record ServiceGroupDefined(TenantId tenant, ServiceGroup group) implements CatalogueEvent {}

    @EventName("catalogue.ServiceGroupRemoved")
    @Revision("1")
    record ServiceGroupRemoved(TenantId tenant, ServiceGroupId group) implements CatalogueEvent {}

    /**
     * The services may be booked together at the branch; in which order they stand is no matter.
     */
    @EventName("catalogue.CombinationDefined")
    @Revision("1")
    record CombinationDefined(TenantId tenant, ServiceCombination combination)
            implements CatalogueEvent {}

    @EventName("catalogue.CombinationRemoved")
    @Revision("1")
    record CombinationRemoved(TenantId tenant, ServiceCombination combination)
            implements CatalogueEvent {}

    /**
     * Everything of one kind stands in another order.
     *
     * @param ids all ids of the kind, first to last
     */
    @EventName("catalogue.Arranged")
    @Revision("1")
    record Arranged(TenantId tenant, CatalogueKind kind, List<String> ids)
            implements CatalogueEvent {}

    /**
     * A service's offers stand in another order.
     *
     * @param branches all branches that offer it, first to last
     */
    @EventName("catalogue.OffersArranged")
    @Revision("1")
    record OffersArranged(TenantId tenant, ServiceId service, List<BranchId> branches)
            implements CatalogueEvent {}
}
