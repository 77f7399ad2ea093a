package holdfast.catalogue;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Lets an organisation in, with an empty catalogue. Refused with {@link
 * CatalogueRefusal.FaultyDocument} or {@link CatalogueRefusal.TenantExists}.
 */
public record CreateTenant(Tenant tenant) {

    /** The stream of events it writes to. */
    @TargetAggregateIdentifier
    public String stream() {
        return TenantCatalogue.streamOf(tenant.id());
    }
}
