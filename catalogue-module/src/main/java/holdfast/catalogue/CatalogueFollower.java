package holdfast.catalogue;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;

/**
 * Shows on this node what other nodes committed. It follows the whole log, so it hears of this
 * node's commits too, which are shown already by then.
 */
@ProcessingGroup(CatalogueFollower.GROUP)
final class CatalogueFollower {

    static final String GROUP = "catalogue";

    private final LiveCatalogues catalogues;

    CatalogueFollower(LiveCatalogues catalogues) {
        this.catalogues = catalogues;
    }

    @EventHandler
    void on(CatalogueEvent event, @SequenceNumber Long sequence) {
        catalogues.catchUp(event.tenant(), sequence);
    }
}
