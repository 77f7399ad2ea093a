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

    /**
     * There is no such entry in the tenant's catalogue.
     *
     * @param kind in words, such as "resource pool"
     */
    record UnknownEntry(Phrase kind, String id) implements CatalogueRefusal {}

    /** The entry is not, or no longer, as the caller demanded of it. */
    record UnexpectedEntry(Phrase kind, String id) implements CatalogueRefusal {}

    /**
     * The entry cannot be removed, since others would lead nowhere or make no sense without it.
     *
     * @param by all of them; never empty
     */
    record EntryStillNeeded(Phrase kind, String id, List<Need> by) implements CatalogueRefusal {

        /**
         * What would be wrong without it.
         *
         * @param kind of the entry that needs it
         */
        public record Need(CatalogueKind kind, String id, Phrase detail) {}
    }
}
