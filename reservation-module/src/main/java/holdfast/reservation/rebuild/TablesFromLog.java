package holdfast.reservation.rebuild;

import holdfast.reservation.Progress;
import holdfast.reservation.Rebuild;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import javax.sql.DataSource;

/** Builds beside, catches up, and changes names: see {@link Rebuild}. */
public final class TablesFromLog implements Rebuild {

    /** Kept for the session: one rebuild at a time. */
    private static final String ONE_AT_A_TIME =
            "select pg_try_advisory_lock(hashtextextended('holdfast.rebuild', 0))";

    private final DataSource database;
    private final boolean compare;

    public TablesFromLog(DataSource database, boolean compare) {
        this.database = database;
        this.compare = compare;
    }

    @Override
    public Result run(Progress progress) throws SQLException {
        try (var main = connection();
                var log = database.getConnection();
                var register = connection();
                var heap = connection()) {
            if (!asked(main, ONE_AT_A_TIME)) {
                throw new IllegalStateException("The tables are being rebuilt already.");
            }
            NewRegister.TABLE.drop(main);
            NewLedger.TABLE.drop(main);
            main.commit();
            return new OneRun(main, log, register, heap, compare, progress).result();
        }
    }

    private Connection connection() throws SQLException {
        var connection = database.getConnection();
        connection.setAutoCommit(false);
        run(
                connection,
                """
                set statement_timeout = 0;
                set idle_in_transaction_session_timeout = 0;
                set maintenance_work_mem = '256MB'\
                """);
        connection.commit();
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean asked(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getBoolean(1);
        }
    }

    private static long number(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    /** One rebuild, with a connection for each of the things that go on at the same time. */
    private static final class OneRun {

        private static final String END_OF_LOG =
                "select coalesce(max(global_index), 0) from domain_event_entry";

        private static final String EVENTS =
                "select count(*) from domain_event_entry where type = 'Reservation'";

        private static final String SINCE =
                """
                select aggregate_identifier, count(*) from domain_event_entry
                where type = 'Reservation' and global_index > ? and global_index <= ?
                group by aggregate_identifier
                """;

        /** With fewer events to catch up with, others may be made to wait for the rest. */
        private static final long FEW = 200;

        /** Events may come as fast as they are caught up with. */
        private static final int ROUNDS = 20;

        private static final int TRIES = 60;
        private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

        /** A lock was not to be had in time; a deadlock. */
        private static final Set<String> TRY_AGAIN = Set.of("55P03", "40P01");

        private final Connection main;
        private final Connection log;
        private final Connection register;
        private final Connection heap;
        private final boolean compare;
        private final Progress progress;
        private final Differences differences = new Differences();
        private final long begun = System.nanoTime();
        private long events;

        OneRun(
                Connection main,
                Connection log,
                Connection register,
                Connection heap,
                boolean compare,
                Progress progress) {
            this.main = main;
            this.log = log;
            this.register = register;
            this.heap = heap;
            this.compare = compare;
            this.progress = progress;
        }

        Result result() throws SQLException {
            long upTo = snapshot();
            writeRows();
            long read = System.nanoTime();
            finishTables();
            progress.at("catching up", 0, 0);
            for (int round = 0; round < ROUNDS; round++) {
                long end = endOfLog();
                if (end - upTo <= FEW) {
                    break;
                }
                catchUp(upTo, end);
                main.commit();
                upTo = end;
            }
            long blocked = swap(upTo);
            long rows = number(main, "select count(*) from reservation");
            long claims = number(main, "select count(*) from claim");
            main.commit();
            return new Result(
                    events,
                    rows,
                    claims,
                    differences.count(),
                    differences.named(),
                    Duration.ofNanos(read - begun),
                    Duration.ofNanos(System.nanoTime() - begun),
                    Duration.ofNanos(blocked));
        }

        /** Begins to look at the log, and says which event was the last one then. */
        private long snapshot() throws SQLException {
            return withLogStandingStill(
                    () -> {
                        Snapshots.begin(log);
                        return number(log, END_OF_LOG);
                    });
        }

        private long endOfLog() throws SQLException {
            return withLogStandingStill(() -> number(main, END_OF_LOG));
        }

        @FunctionalInterface
        private interface Look {
            long now() throws SQLException;
        }

        /**
         * Looks while nobody writes events. Otherwise one with a lower number than the last could
         * still be on its way.
         */
        private long withLogStandingStill(Look look) throws SQLException {
            return trying(
                    () -> {
                        run(main, "lock table domain_event_entry in share mode");
                        long seen = look.now();
                        main.commit();
                        return seen;
                    });
        }

        /** Waits for locks only briefly at a time, since everybody else waits behind. */
        private long trying(Look work) throws SQLException {
            for (int tries = 1; ; tries++) {
                try {
                    run(main, "set local lock_timeout = '3s'");
                    return work.now();
                } catch (SQLException e) {
                    main.rollback();
                    if (!TRY_AGAIN.contains(e.getSQLState()) || tries == TRIES) {
                        throw e;
                    }
                }
                try {
                    Thread.sleep(BETWEEN_TRIES);
                } catch (InterruptedException stop) {
                    throw interrupted(stop);
                }
            }
        }

        private void writeRows() throws SQLException {
            long total = number(log, EVENTS);
            NewRegister.TABLE.create(register);
            var rows = new NewRegister(register);
            var undealt = new NewLedger.Heap(heap);
            try (var lives = Lives.all(log, (life, event) -> {});
                    var comparison = compare ? new Comparison(log, differences) : null) {
                for (var life = lives.next(); life != null; life = lives.next()) {
                    if (life.status() != null) {
                        rows.add(life);
                        undealt.add(life);
                    }
                    if (comparison != null) {
                        comparison.compare(life);
                    }
                    events += life.events();
                    progress.at("reading the log", events, total);
                }
                if (comparison != null) {
                    comparison.finish();
                }
            }
            log.rollback();
            rows.finish();
            undealt.finish();
        }

        /** The indexes of the one, while the places of the other are dealt. */
        private void finishTables() throws SQLException {
            progress.at("dealing places, making indexes", 0, 0);
            var indexing =
                    new FutureTask<@Nullable Void>(
                            () -> {
                                finish(NewRegister.TABLE, register);
                                return null;
                            });
            Thread.ofPlatform().daemon().name("rebuild-indexes").start(indexing);
            NewLedger.TABLE.create(main);
            NewLedger.dealAll(heap, main);
            heap.commit();
            finish(NewLedger.TABLE, main);
            await(indexing);
        }

        private static void finish(NewTable table, Connection connection) throws SQLException {
            table.createIndexes(connection);
            run(connection, "analyze " + table.name());
            connection.commit();
        }

        private static void await(FutureTask<@Nullable Void> work) throws SQLException {
            try {
                work.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof SQLException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException stop) {
                throw interrupted(stop);
            }
        }

        private static SQLException interrupted(InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new SQLException("Interrupted", stop);
        }

        /** Folds anew whatever has events after {@code from}, up to {@code to}. */
        private void catchUp(long from, long to) throws SQLException {
            var reservations = new ArrayList<UUID>();
            try (var statement = main.prepareStatement(SINCE)) {
                statement.setLong(1, from);
                statement.setLong(2, to);
                try (var found = statement.executeQuery()) {
                    while (found.next()) {
                        reservations.add(UUID.fromString(found.getString(1)));
                        events += found.getLong(2);
                    }
                }
            }
            if (reservations.isEmpty()) {
                return;
            }
            var lives = new ArrayList<Life>();
            try (var read = Lives.of(main, reservations)) {
                for (var life = read.next(); life != null; life = read.next()) {
                    lives.add(life);
                }
            }
            var ids = main.createArrayOf("uuid", reservations.toArray());
            for (var table : List.of(NewRegister.TABLE, NewLedger.TABLE)) {
                try (var remove =
                        main.prepareStatement(
                                "delete from %s where reservation = any(?)"
                                        .formatted(table.name()))) {
                    remove.setArray(1, ids);
                    remove.executeUpdate();
                }
            }
            var rows = new NewRegister(main);
            for (var life : lives) {
                if (life.status() != null) {
                    rows.add(life);
                }
            }
            rows.finish();
            NewLedger.add(main, lives);
        }

        /**
         * Lets nobody else at the tables, takes in the last events, and changes names. Locks come
         * in the order in which commands take them.
         *
         * @return for how long others were kept away, in nanoseconds
         */
        private long swap(long upTo) throws SQLException {
            long before = events;
            return trying(
                    () -> {
                        events = before;
                        long asked = System.nanoTime();
                        run(main, "lock table claim in access exclusive mode");
                        run(main, "lock table domain_event_entry in share mode");
                        run(main, "lock table reservation in access exclusive mode");
                        catchUp(upTo, number(main, END_OF_LOG));
                        NewLedger.TABLE.replace(main);
                        NewRegister.TABLE.replace(main);
                        main.commit();
                        return System.nanoTime() - asked;
                    });
        }
    }
}
