package holdfast.scheduling;

import com.zaxxer.hikari.HikariDataSource;

import holdfast.catalogue.LostRace;
import holdfast.catalogue.TenantId;
import holdfast.catalogue.WritesAtCommit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The ledger on a new, empty database of a real PostgreSQL; each call in a transaction. */
final class LedgerOnPostgres implements AutoCloseable {

    static final TenantId TENANT = TenantId.of("town");

    private static final EmbeddedPostgres SERVER = start();

    final JdbcTemplate jdbc;
    final CapacityLedger ledger;
    private final TransactionTemplate transactions;
    private final HikariDataSource pool = new HikariDataSource();
    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();

    LedgerOnPostgres() {
        var name = "ledger_" + Long.toUnsignedString(System.nanoTime(), 36);
        new JdbcTemplate(SERVER.getPostgresDatabase()).execute("create database " + name);
        pool.setJdbcUrl(SERVER.getJdbcUrl("postgres", name));
        pool.setMaximumPoolSize(20);
        Flyway.configure().dataSource(pool).load().migrate();
        jdbc = new JdbcTemplate(pool);
        transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
        context.registerBean(JdbcTemplate.class, () -> jdbc);
        context.registerBean(WritesAtCommit.class, () -> new WritesAtCommit(jdbc));
        context.scan("holdfast.scheduling.ledger");
        context.refresh();
        ledger = context.getBean(CapacityLedger.class);
    }

    CapacityLedger.Given claim(VisitRules rules, Instant start, Instant now, Instant holdUntil) {
        return claim(newReservation(), rules, start, now, holdUntil);
    }

    CapacityLedger.Given claim(
            ReservationId reservation,
            VisitRules rules,
            Instant start,
            Instant now,
            Instant holdUntil) {
        return inTransaction(() -> ledger.claim(TENANT, reservation, rules, start, now, holdUntil));
    }

    /** Whether it could be kept. */
    boolean keep(ReservationId reservation, Instant now) {
        try {
            transactions.executeWithoutResult(status -> ledger.keep(reservation, now));
            return true;
        } catch (LostRace lost) {
            return false;
        }
    }

    /** Whether it could be handed over. */
    boolean handOver(ReservationId hold, ReservationId appointment, Instant now) {
        try {
            transactions.executeWithoutResult(status -> ledger.handOver(hold, appointment, now));
            return true;
        } catch (LostRace lost) {
            return false;
        }
    }

    void giveBack(ReservationId reservation) {
        transactions.executeWithoutResult(status -> ledger.giveBack(reservation));
    }

    <T> T inTransaction(Supplier<T> work) {
        return java.util.Objects.requireNonNull(transactions.execute(status -> work.get()));
    }

    static ReservationId newReservation() {
        return new ReservationId(UUID.randomUUID());
    }

    /** Does it so often at the same moment and gives every answer, thrown ones too. */
    static List<Object> atOnce(int times, Callable<?> work) throws InterruptedException {
        var barrier = new CyclicBarrier(times);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> answers =
                    IntStream.range(0, times)
                            .mapToObj(
                                    n ->
                                            threads.submit(
                                                    () -> {
                                                        barrier.await();
                                                        return work.call();
                                                    }))
                            .toList();
            var all = new java.util.ArrayList<Object>();
            for (var answer : answers) {
                try {
                    all.add(answer.get());
                } catch (ExecutionException thrown) {
                    all.add(java.util.Objects.requireNonNull(thrown.getCause()));
                }
            }
            return all;
        }
    }

    @Override
    public void close() {
        context.close();
        pool.close();
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
