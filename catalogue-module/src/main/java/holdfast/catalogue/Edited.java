package holdfast.catalogue;

import java.util.List;

/**
 * What an edit did to a catalogue.
 *
 * @param changes empty if the catalogue said so already
 * @param isNew whether there was no such entry before
 */
public record Edited(List<CatalogueChange> changes, boolean isNew) {}
