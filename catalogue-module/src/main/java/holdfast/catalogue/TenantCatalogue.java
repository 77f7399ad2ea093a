package holdfast.catalogue;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import holdfast.catalogue.CatalogueEvent.TenantCreated;
import holdfast.catalogue.CatalogueRefusal.TenantExists;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/**
 * One tenant and everything it offers: one stream, so that a document is applied whole or not at
 * all, and two managers who change it at once are told apart by the stream's sequence.
 */
@Aggregate(type = TenantCatalogue.TYPE)
class TenantCatalogue {

    /** How the store names these streams; it is data. */
    static final String TYPE = "catalogue";

    private static final Logger LOG = LoggerFactory.getLogger(TenantCatalogue.class);

    @AggregateIdentifier private @Nullable String id;
    private final CatalogueContent content = new CatalogueContent();

    /** Called by Axon, which then folds the stream. */
    TenantCatalogue() {}

    /** Streams of all kinds share one space of names, hence the prefix. */
    static String streamOf(TenantId tenant) {
        return "catalogue:" + tenant;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateTenant command) {
        var tenant = command.tenant();
        if (!content.isEmpty()) {
            throw new Refused(new TenantExists(tenant.id()));
        }
        CatalogueCheck.refuseFaulty(tenant);
        apply(new TenantCreated(tenant.id(), tenant));
    }

    @CommandHandler
    List<CatalogueChange> handle(ApplyCatalogue command) {
        var start = System.nanoTime();
        CatalogueCheck.refuseFaulty(command.document(), command.tenant());
        var difference = CatalogueDifference.between(content.document(), command.document());
        var events = difference.events();
        LOG.info(
                "Catalogue of {}: checked in {} ms, {} events to write",
                command.tenant(),
                Duration.ofNanos(System.nanoTime() - start).toMillis(),
                events.size());
        events.forEach(event -> apply(event));
        return List.copyOf(difference.changes());
    }

    @CommandHandler
    Edited handle(EditCatalogue command) {
        var before = content.document();
        var difference = CatalogueDifference.between(before, command.edit().of(before));
        difference.events().forEach(event -> apply(event));
        return new Edited(List.copyOf(difference.changes()), command.edit().isNewTo(before));
    }

    @EventSourcingHandler
    void on(CatalogueEvent event) {
        id = streamOf(event.tenant());
        content.apply(event);
    }
}
