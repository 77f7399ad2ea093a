package holdfast.eventstore;

import holdfast.catalogue.WritesAtCommit;

import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.axonframework.spring.config.SpringAggregateConfigurer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

/**
 * Every part of Axon whose default is wrong on Spring Boot 4 with PostgreSQL, declared.
 *
 * <p>Where a bean looks superfluous because Axon has a default for it, a test in this package fails
 * without it.
 */
@Configuration(proxyBeanMethods = false)
class EventStoreConfiguration {

    static {
        // Before any part of Axon exists: it would report to its vendor, and advertise.
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
    }

    @Bean
    Node node() {
        return Node.ofThisRun();
    }

    /**
     * Ties units of work to Spring's transactions; Axon's own guess would be no transaction at all.
     */
    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(
                new SpringDataSourceConnectionProvider(dataSource));
    }

    /** Lets Axon's serializer read back the tokens it wrote, without which no replay survives. */
    @Bean
    Jackson3SerializerCustomizer readableTokens() {
        return mapper ->
                mapper.polymorphicTypeValidator(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfSubType("org.axonframework.")
                                .build());
    }

    @Bean
    EventNames eventNames(BeanFactory beans) {
        return EventNames.below(AutoConfigurationPackages.get(beans));
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(EventNames names, Jackson3SerializerCustomizer customizer) {
        return new NamedEventSerializer(names, customizer);
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            @Qualifier("eventSerializer") Serializer eventSerializer,
            Serializer serializer,
            ConnectionProvider connections,
            TransactionManager transactions,
            org.axonframework.config.Configuration axon,
            WritesAtCommit writes,
            Clock clock) {
        GenericEventMessage.clock = clock;
        return new EventLog(
                JdbcEventStorageEngine.builder()
                        .eventSerializer(eventSerializer)
                        .snapshotSerializer(serializer)
                        .connectionProvider(connections)
                        .transactionManager(transactions)
                        .upcasterChain(axon.upcasterChain()),
                writes,
                transactions);
    }

    @Bean
    CommitAnnouncements commitAnnouncements(
            JdbcConnectionDetails database, Node node, ObjectProvider<WakingEventStore> store) {
        return new CommitAnnouncements(database, node, store);
    }

    @Bean
    CommitNews commitNews() {
        return new CommitNews();
    }

    @Bean("eventBus")
    @Qualifier("eventStore")
    WakingEventStore eventStore(
            EventStorageEngine engine,
            org.axonframework.config.Configuration axon,
            CommitAnnouncements announcements,
            CommitNews news,
            @Value("${holdfast.look-again}") Duration lookAgain) {
        return new WakingEventStore(
                WakingEventStore.builder()
                        .storageEngine(engine)
                        .fetchDelay(lookAgain.toMillis())
                        .timeUnit(TimeUnit.MILLISECONDS)
                        .messageMonitor(axon.messageMonitor(EventStore.class, "eventStore"))
                        .spanFactory(axon.getComponent(EventBusSpanFactory.class)),
                announcements,
                news);
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer, Node node) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .nodeId(node.name())
                .schema(
                        TokenSchema.builder()
                                .setTokenTable("token_entry")
                                .setProcessorNameColumn("processor_name")
                                .setTokenTypeColumn("token_type")
                                .setTimestampColumn("time_stamp")
                                .build())
                .build();
    }

    /** Tells a handler's failure to whoever caused it; by default it would only be logged. */
    @Bean
    ConfigurerModule failuresPropagate() {
        return configurer ->
                configurer.eventProcessing(
                        processing ->
                                processing
                                        .registerDefaultListenerInvocationErrorHandler(
                                                axon -> PropagatingErrorHandler.instance())
                                        .usingPooledStreamingEventProcessors(
                                                (axon, processor) ->
                                                        processor
                                                                .initialSegmentCount(4)
                                                                .batchSize(200)));
    }

    @Bean
    CorrelationDataProvider messageOrigin() {
        return new MessageOriginProvider();
    }

    @Bean
    RequestOrigin requestOrigin() {
        return new RequestOrigin();
    }

    @Bean
    CommandTargetResolver commandTargets() {
        return new TargetsByClass();
    }

    @Bean
    CommandGateway commandGateway(SimpleCommandBus commands, RequestOrigin origin) {
        // by default a checked exception would commit
        commands.setRollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE);
        return DefaultCommandGateway.builder()
                .commandBus(commands)
                .dispatchInterceptors(origin)
                .retryScheduler(new RetryOnConflict())
                .build();
    }

    /**
     * No locks on aggregates in this process.
     *
     * <p>Other nodes would not see them, so the database has to settle every race anyway, by the
     * unique position in the stream. Here they would do harm besides: a claim may end another
     * reservation's lapsed hold in its own transaction, so two commands may want two aggregates and
     * rows of the ledger in opposite orders. PostgreSQL finds such a deadlock among its own locks;
     * of one that runs through ours it would see only half.
     */
    @Bean
    LockFactory databaseArbitrates() {
        return NullLockFactory.INSTANCE;
    }

    @Bean
    static BeanPostProcessor aggregatesWithoutLocks() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof SpringAggregateConfigurer<?> aggregate) {
                    aggregate.setLockFactory("databaseArbitrates");
                }
                return bean;
            }
        };
    }
}
