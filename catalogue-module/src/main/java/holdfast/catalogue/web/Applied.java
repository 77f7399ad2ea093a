package holdfast.catalogue.web;

import holdfast.catalogue.CatalogueChange;
import holdfast.catalogue.Stranded;

import java.util.List;

/**
 * What a call changes, or would change.
 *
 * @param stranded the appointments that no longer fit; they stay until someone moves them
 */
record Applied(List<CatalogueChange> changes, List<Stranded> stranded) {}
