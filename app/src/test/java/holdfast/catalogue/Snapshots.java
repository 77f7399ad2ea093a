package holdfast.catalogue;

/** Catalogues that stand by themselves, without a tenant's events. */
public final class Snapshots {

    private Snapshots() {}

    public static Catalogue of(CatalogueDocument document) {
        return new CatalogueSnapshot(document, 0);
    }
}
