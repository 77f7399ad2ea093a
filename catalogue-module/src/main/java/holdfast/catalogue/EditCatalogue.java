package holdfast.catalogue;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Changes one entry of the tenant's catalogue and answers {@link Edited}. The tenant exists.
 * Refused as {@link CatalogueEdit#of} says.
 */
public record EditCatalogue(TenantId tenant, CatalogueEdit edit) {

    /** The stream of events it writes to. */
    @TargetAggregateIdentifier
    public String stream() {
        return TenantCatalogue.streamOf(tenant);
    }
}
