package holdfast.staff.catalogue;

import holdfast.catalogue.CatalogueKind;

import java.util.List;
import java.util.Locale;

/**
 * What a document would do to the entries of a kind.
 *
 * @param count of all changes
 * @param shown the first of them
 */
record KindChanges(CatalogueKind kind, int count, List<EntryChange> shown) {

    /** As texts name it. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How many are not shown. */
    public int more() {
        return count - shown.size();
    }
}
