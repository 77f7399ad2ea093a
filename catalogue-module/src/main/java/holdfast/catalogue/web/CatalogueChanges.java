package holdfast.catalogue.web;

import holdfast.catalogue.ApplyCatalogue;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueChange;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.CatalogueEdit;
import holdfast.catalogue.CataloguePreview;
import holdfast.catalogue.CatalogueRefusal.FaultyDocument;
import holdfast.catalogue.CatalogueRefusal.UnknownEntry;
import holdfast.catalogue.Catalogues;
import holdfast.catalogue.EditCatalogue;
import holdfast.catalogue.Edited;
import holdfast.catalogue.Entries;
import holdfast.catalogue.Fault;
import holdfast.catalogue.IfMatch;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Stranded;
import holdfast.catalogue.Stranding;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

import java.util.List;

/** Changes a catalogue, or only tells what that would do; and reads single entries. */
@Component
class CatalogueChanges {

    private final CommandGateway commands;
    private final Catalogues catalogues;
    private final ObjectProvider<Stranding> stranding;

    CatalogueChanges(
            CommandGateway commands, Catalogues catalogues, ObjectProvider<Stranding> stranding) {
        this.commands = commands;
        this.catalogues = catalogues;
        this.stranding = stranding;
    }

    Applied apply(Catalogue catalogue, CatalogueDocument document, boolean dryRun) {
        if (dryRun) {
            return told(CataloguePreview.of(document, catalogue));
        }
        var tenant = catalogue.tenant().id();
        var changes =
                commands.<List<CatalogueChange>>sendAndWait(new ApplyCatalogue(tenant, document));
        return new Applied(changes, strandedNow(catalogue));
    }

    /** The entry, with the tag that {@code If-Match} takes. */
    <T> ResponseEntity<T> read(Entries<T> among, Catalogue catalogue, String id) {
        var entry =
                among.find(catalogue.document(), id)
                        .orElseThrow(() -> new Refused(new UnknownEntry(among.kind(), id)));
        return ResponseEntity.ok().eTag(IfMatch.tagOf(entry)).body(entry);
    }

    /** Refuses an entry whose own name at {@code pointer} is not the one it was sent to. */
    static void refuseUnlessAddressed(String address, String name, String pointer) {
        if (!address.equals(name)) {
            throw new Refused(
                    new FaultyDocument(
                            List.of(new Fault(pointer, "The address names %s", address))));
        }
    }

    <T> ResponseEntity<Applied> put(
            Entries<T> among,
            Catalogue catalogue,
            T entry,
            @Nullable IfMatch ifMatch,
            boolean dryRun) {
        var edit = new CatalogueEdit.Put<>(among, entry, ifMatch);
        if (dryRun) {
            return ResponseEntity.ok(preview(catalogue, edit));
        }
        var edited = edit(catalogue, edit);
        return ResponseEntity.status(edited.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(IfMatch.tagOf(entry))
                .body(new Applied(edited.changes(), strandedNow(catalogue)));
    }

    <T> ResponseEntity<Applied> remove(
            Entries<T> among,
            Catalogue catalogue,
            String id,
            @Nullable IfMatch ifMatch,
            boolean dryRun) {
        var edit = new CatalogueEdit.Remove<>(among, id, ifMatch);
        if (dryRun) {
            return ResponseEntity.ok(preview(catalogue, edit));
        }
        edit(catalogue, edit);
        return ResponseEntity.noContent().build();
    }

    Applied preview(Catalogue catalogue, CatalogueEdit edit) {
        return told(CataloguePreview.of(edit, catalogue));
    }

    private Applied told(CataloguePreview preview) {
        return new Applied(preview.changes(), strandedBy(preview.after()));
    }

    Edited edit(Catalogue catalogue, CatalogueEdit edit) {
        return commands.sendAndWait(new EditCatalogue(catalogue.tenant().id(), edit));
    }

    /**
     * By the catalogue as this node shows it by now, which is not the one that a call began with.
     */
    List<Stranded> strandedNow(Catalogue catalogue) {
        return strandedBy(catalogues.find(catalogue.tenant().id()).orElseThrow());
    }

    private List<Stranded> strandedBy(Catalogue after) {
        return stranding.stream().flatMap(port -> port.strandedBy(after).stream()).toList();
    }
}
