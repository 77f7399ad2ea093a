package holdfast.catalogue;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.springframework.stereotype.Component;

/** Shows here what other nodes did to a catalogue. */
@Component
@ProcessingGroup("catalogue") // every node follows the whole log for itself
class CataloguesFromTheLog {

    private final LiveCatalogues catalogues;

    CataloguesFromTheLog(LiveCatalogues catalogues) {
        this.catalogues = catalogues;
    }

    @EventHandler
    void on(CatalogueEvent event, @SequenceNumber Long sequence) {
        catalogues.catchUp(event.tenant(), sequence);
    }
}
