package holdfast.staff.catalogue;

import holdfast.catalogue.CatalogueChange.How;

import java.util.List;
import java.util.Locale;

/**
 * What a document would do to an entry.
 *
 * @param name for people; empty if it has none
 * @param fields in which it differs; none of what is added or removed whole
 */
record EntryChange(String id, String name, How how, List<FieldChange> fields) {

    /** As texts and styles name it. */
    public String verb() {
        return how.name().toLowerCase(Locale.ROOT);
    }
}
