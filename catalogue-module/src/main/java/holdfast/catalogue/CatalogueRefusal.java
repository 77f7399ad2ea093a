package holdfast.catalogue;

import java.util.List;

/** Why a call on the catalogue is not carried out. */
public sealed interface CatalogueRefusal extends Refusal {

    /**
     * What was sent can be read but does not hold together.
     *
     * @param faults all of them; never empty
     */
    record FaultyDocument(List<Fault> faults) implements CatalogueRefusal {}

    record TenantExists(TenantId tenant) implements CatalogueRefusal {}

    record UnknownService(ServiceId service) implements CatalogueRefusal {}

    /** The tenant lists its services without headings. */
    record NoServiceGroups(TenantId tenant) implements CatalogueRefusal {}
}
