package holdfast.catalogue;

import holdfast.catalogue.CatalogueRefusal.FaultyDocument;

import java.util.List;

/**
 * What applying a document, or an edit, would do.
 *
 * @param changes empty if nothing would change
 * @param after the catalogue as it would stand; its revision is that of the catalogue now
 */
public record CataloguePreview(List<CatalogueChange> changes, Catalogue after) {

    /**
     * Compares the document with the catalogue as it stands, and writes nothing.
     *
     * @throws Refused with {@link FaultyDocument} exactly if applying it would be refused
     */
    public static CataloguePreview of(CatalogueDocument document, Catalogue now) {
        CatalogueCheck.refuseFaulty(document, now.tenant().id());
        return new CataloguePreview(
                CatalogueDifference.between(now.document(), document).changes(),
                new CatalogueSnapshot(document, now.revision()));
    }

    /**
     * The same of an edit.
     *
     * @throws Refused exactly if the edit would be refused
     */
    public static CataloguePreview of(CatalogueEdit edit, Catalogue now) {
        var after = edit.of(now.document());
        return new CataloguePreview(
                CatalogueDifference.between(now.document(), after).changes(),
                new CatalogueSnapshot(after, now.revision()));
    }
}
