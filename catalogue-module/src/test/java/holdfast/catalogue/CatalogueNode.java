package holdfast.catalogue;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

import java.util.List;

/** The catalogue on a real command bus and event store, both in memory, with no tenant yet. */
public final class CatalogueNode implements AutoCloseable {

    private final EventStorageEngine store = new InMemoryEventStorageEngine();
    private final LiveCatalogues catalogues = another();
    private final LiveCatalogues follower = another();
    private final Configuration axon;

    public CatalogueNode() {
        var configurer =
                DefaultConfigurer.defaultConfiguration()
                        .configureEmbeddedEventStore(_ -> store)
                        .configureAggregate(TenantCatalogue.class)
                        .eventProcessing(
                                events ->
                                        events.registerTrackingEventProcessor(
                                                        CatalogueFollower.GROUP)
                                                .registerEventHandler(_ -> catalogues)
                                                .registerEventHandler(
                                                        _ -> new CatalogueFollower(follower)));
        new CatalogueConfiguration().withTheEvent().configureModule(configurer);
        axon = configurer.start();
    }

    /** Another node on the same store, which has shown nothing yet. */
    LiveCatalogues another() {
        return new LiveCatalogues(store, () -> List.of(TenantCatalogue.streamOf(Documents.DEMO)));
    }

    /** A node that committed nothing and follows the log. */
    LiveCatalogues follower() {
        return follower;
    }

    public LiveCatalogues catalogues() {
        return catalogues;
    }

    /** The demo tenant's catalogue; it exists. */
    public Catalogue demo() {
        return catalogues.find(Documents.DEMO).orElseThrow();
    }

    public CommandGateway commands() {
        return axon.commandGateway();
    }

    EventStorageEngine store() {
        return store;
    }

    @Override
    public void close() {
        axon.shutdown();
    }
}
