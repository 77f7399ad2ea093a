package holdfast.catalogue;

import java.util.List;
import java.util.Optional;

/** One tenant's catalogue as it stands after one of its events: immutable, indexed by id. */
public interface Catalogue {

    /**
     * What a tenant's events add up to.
     *
     * @param events all from the tenant's first one on, in order
     * @throws IllegalStateException if they do not begin with a tenant's creation
     */
    static Catalogue of(List<CatalogueEvent> events) {
        var content = new CatalogueContent();
        events.forEach(content::apply);
        return new CatalogueSnapshot(content.document(), events.size() - 1L);
    }

    Tenant tenant();

    /** The sequence number of the last event it reflects; another number means other rules. */
    long revision();

    Optional<Branch> branch(BranchId id);

    Optional<HolidayCalendar> holidayCalendar(HolidayCalendarId id);

    Optional<ResourceType> resourceType(ResourceTypeId id);

    Optional<ResourcePool> pool(PoolId id);

    /** The pool's place in the document, from 0: what settles ties between pools. */
    int position(PoolId id);

    /** A service with all its offers. */
    Optional<Service> service(ServiceId id);

    Optional<Offer> offer(ServiceId service, BranchId branch);

    List<Branch> branches();

    List<Service> services();

    List<ServiceGroup> serviceGroups();

    /** The sets of services that may be booked together at the branch. */
    List<ServiceCombination> combinationsAt(BranchId branch);

    /** The same as a document; equal catalogues give equal documents. */
    CatalogueDocument document();

    /**
     * The catalogue as it was after these events.
     *
     * @param events of one tenant, all from its first on, in order; never empty
     */
    static Catalogue after(List<CatalogueEvent> events) {
        var content = new CatalogueContent();
        events.forEach(content::apply);
        return new CatalogueSnapshot(content.document(), events.size() - 1L);
    }
}
