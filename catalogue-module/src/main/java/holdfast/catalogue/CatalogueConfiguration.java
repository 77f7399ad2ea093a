package holdfast.catalogue;

import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the catalogue. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

    @Bean
    LiveCatalogues catalogues(EventStorageEngine store, JdbcClient jdbc) {
        return new LiveCatalogues(
                store,
                () ->
                        jdbc.sql(
                                        """
                                        select aggregate_identifier from domain_event_entry
                                        where type = :type and sequence_number = 0
                                        """)
                                .param("type", TenantCatalogue.TYPE)
                                .query(String.class)
                                .list());
    }

    /** Before the port opens, so that nobody is told that a tenant is unknown who is not. */
    @Bean
    SmartInitializingSingleton loadCatalogues(LiveCatalogues catalogues) {
        return catalogues::load;
    }

    @Bean
    CatalogueFollower catalogueFollower(LiveCatalogues catalogues) {
        return new CatalogueFollower(catalogues);
    }

    /** Subscribing, hence in the committing thread: whoever got an answer reads what he wrote. */
    @Bean
    ConfigurerModule withTheEvent() {
        return configurer ->
                configurer
                        .eventProcessing()
                        .registerSubscribingEventProcessor(WithTheEvent.GROUP)
                        .registerListenerInvocationErrorHandler(
                                WithTheEvent.GROUP, _ -> PropagatingErrorHandler.instance());
    }
}
