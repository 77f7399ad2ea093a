package holdfast.catalogue;

/** An offer as an entry of its own, which says the service it is of. */
public record ServiceOffer(ServiceId service, Offer offer) {

    /** The service's id and the branch's with a slash between, as {@link CatalogueKind#OFFER}. */
    public static String id(ServiceId service, BranchId branch) {
        return service + "/" + branch;
    }
}
