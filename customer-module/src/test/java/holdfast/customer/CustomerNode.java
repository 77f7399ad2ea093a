package holdfast.customer;

import com.zaxxer.hikari.HikariDataSource;

import holdfast.catalogue.TenantId;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** The customer module on a PostgreSQL of its own, with Axon around it and a clock to turn. */
final class CustomerNode implements AutoCloseable {

    static final TenantId TENANT = TenantId.of("testville");

    private static final EmbeddedPostgres SERVER = start();

    final JdbcClient jdbc;
    final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-02T09:00:00Z"));
    final DataKeys keys;
    final Registry customers;
    final Configuration axon;

    private final HikariDataSource pool;
    private final TransactionTemplate transactions;

    /** A node on a new, empty database. */
    static CustomerNode onNewDatabase(MasterKey master) {
        var name = "test_" + Long.toUnsignedString(System.nanoTime(), 36);
        JdbcClient.create(SERVER.getPostgresDatabase()).sql("create database " + name).update();
        return new CustomerNode(SERVER.getJdbcUrl("postgres", name), master, true);
    }

    private CustomerNode(String url, MasterKey master, boolean migrate) {
        pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(8);
        if (migrate) {
            Flyway.configure().dataSource(pool).load().migrate();
        }
        jdbc = JdbcClient.create(pool);
        var transactionManager = new JdbcTransactionManager(pool);
        transactions = new TransactionTemplate(transactionManager);
        keys = new DataKeys(master, jdbc, new TurnableClock());
        var identities = new IdentityDigest(new byte[32]);
        var configuration = new AtomicReference<Configuration>();
        customers =
                new Registry(
                        identities,
                        keys,
                        jdbc,
                        () -> configuration.get().repository(Customer.class));
        axon =
                DefaultConfigurer.defaultConfiguration()
                        .configureEmbeddedEventStore(c -> new InMemoryEventStorageEngine())
                        .configureTransactionManager(
                                c -> new SpringTransactionManager(transactionManager))
                        .registerComponent(Erasure.class, c -> customers)
                        .configureAggregate(
                                AggregateConfigurer.defaultConfiguration(Customer.class))
                        .buildConfiguration();
        configuration.set(axon);
        axon.start();
    }

    /** Another node with the same master key on the same database. */
    CustomerNode another(MasterKey master) {
        return new CustomerNode(pool.getJdbcUrl(), master, false);
    }

    /** Does something the way a command handler does it: in a unit of work and its transaction. */
    <T> T inCommand(Function<CommandMessage<?>, T> handler) {
        CommandMessage<?> command = new GenericCommandMessage<>("something");
        var work = DefaultUnitOfWork.startAndGet(command);
        work.attachTransaction(axon.getComponent(TransactionManager.class));
        var result =
                work.executeWithResult(
                        () -> handler.apply(command), RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional() && result.exceptionResult() instanceof RuntimeException cause) {
            throw cause;
        }
        return result.getPayload();
    }

    <T> T inTransaction(Supplier<T> action) {
        var result = new AtomicReference<T>();
        transactions.executeWithoutResult(status -> result.set(action.get()));
        return result.get();
    }

    void erase(TenantId tenant, CustomerId customer) {
        axon.commandGateway().sendAndWait(new EraseCustomer(tenant, customer));
    }

    List<Object> eventsOf(CustomerId customer) {
        DomainEventStream stream =
                axon.eventStore().readEvents(SubjectId.customer(customer).toString());
        return stream.asStream().<Object>map(event -> event.getPayload()).toList();
    }

    void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public void close() {
        axon.shutdown();
        pool.close();
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private final class TurnableClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
