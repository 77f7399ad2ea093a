package holdfast.catalogue;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Makes the tenant's catalogue say what the document says, and answers the differences as a list of
 * {@link CatalogueChange}: an empty one if it said so already. The tenant exists. Refused whole,
 * with all faults, by {@link CatalogueRefusal.FaultyDocument}.
 */
public record ApplyCatalogue(TenantId tenant, CatalogueDocument document) {

    /** The stream of events it writes to. */
    @TargetAggregateIdentifier
    public String stream() {
        return TenantCatalogue.streamOf(tenant);
    }
}
