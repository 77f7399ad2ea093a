package holdfast.catalogue;

import holdfast.catalogue.CatalogueRefusal.EntryStillNeeded;
import holdfast.catalogue.CatalogueRefusal.FaultyDocument;
import holdfast.catalogue.CatalogueRefusal.UnexpectedEntry;
import holdfast.catalogue.CatalogueRefusal.UnknownEntry;

import org.jspecify.annotations.Nullable;

/**
 * A change of one entry, whatever else a catalogue says by then. It is the same as applying the
 * catalogue's document with this entry put or removed: all rules of the document hold.
 */
public sealed interface CatalogueEdit {

    /**
     * The document after this edit, without faults.
     *
     * @throws Refused with a {@link CatalogueRefusal} if there can be none
     */
    CatalogueDocument of(CatalogueDocument before);

    /** Whether the document has no such entry. */
    boolean isNewTo(CatalogueDocument before);

    /**
     * Puts an entry in the place of the one that has its id, or last of its kind. Refused with
     * {@link FaultyDocument}, whose pointers lead into the entry; a fault that others have because
     * of it is at its root.
     *
     * @param ifMatch null: whatever it says now, and also if there is none
     */
    record Put<T>(Entries<T> among, T entry, @Nullable IfMatch ifMatch) implements CatalogueEdit {

        @Override
        public CatalogueDocument of(CatalogueDocument before) {
            var id = among.id(entry);
            if (ifMatch != null && !ifMatch.isMetBy(among.find(before, id))) {
                throw new Refused(new UnexpectedEntry(among.kind(), id));
            }
            var after = among.with(before, entry);
            var place = among.pointer(after, id);
            var faults =
                    CatalogueCheck.faultsOf(after, before.tenant().id()).stream()
                            .map(fault -> within(place, fault, after))
                            .toList();
            if (!faults.isEmpty()) {
                throw new Refused(new FaultyDocument(faults));
            }
            return after;
        }

        private static Fault within(String place, Fault fault, CatalogueDocument after) {
            if ((fault.pointer() + "/").startsWith(place + "/")) {
                return new Fault(fault.pointer().substring(place.length()), fault.detail());
            }
            var owner = FaultOwner.of(fault, after);
            return new Fault("", "%s %s: %s", owner.kind(), owner.id(), fault.detail());
        }

        @Override
        public boolean isNewTo(CatalogueDocument before) {
            return among.find(before, among.id(entry)).isEmpty();
        }
    }

    /**
     * Removes an entry. Refused with {@link UnknownEntry}, or with {@link EntryStillNeeded} while
     * others refer to it.
     *
     * @param ifMatch null: whatever it says now
     */
    record Remove<T>(Entries<T> among, String id, @Nullable IfMatch ifMatch)
            implements CatalogueEdit {

        @Override
        public CatalogueDocument of(CatalogueDocument before) {
            var entry = among.find(before, id);
            if (entry.isEmpty()) {
                throw new Refused(new UnknownEntry(among.kind(), id));
            }
            if (ifMatch != null && !ifMatch.isMetBy(entry)) {
                throw new Refused(new UnexpectedEntry(among.kind(), id));
            }
            var after = among.without(before, id);
            var needs =
                    CatalogueCheck.faultsOf(after, before.tenant().id()).stream()
                            .map(fault -> FaultOwner.of(fault, after))
                            .toList();
            if (!needs.isEmpty()) {
                throw new Refused(new EntryStillNeeded(among.kind(), id, needs));
            }
            return after;
        }

        @Override
        public boolean isNewTo(CatalogueDocument before) {
            return false;
        }
    }
}
