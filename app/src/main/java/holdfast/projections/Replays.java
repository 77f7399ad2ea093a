package holdfast.projections;

import holdfast.catalogue.Refused;
import holdfast.followers.FollowedTables;
import holdfast.followers.LoggedEvent;
import holdfast.followers.SettledLog;
import holdfast.followers.TableFollower;
import holdfast.followers.Worker;
import holdfast.postgres.InstalledDatabase;
import holdfast.projections.Projection.Kind;
import holdfast.projections.ProjectionRefusal.MadeAtStart;
import holdfast.projections.ProjectionRefusal.NeverReplayed;
import holdfast.projections.Replay.State;
import holdfast.reservation.Rebuild;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Makes projections anew from the first event on, while the living ones serve.
 *
 * <p>How far it is stands in a table that is written with each batch, so whichever node finds a
 * replay that nobody is at goes on with it. The living tables and the new ones are compared as they
 * stood at one event, in one look at the database, while both bookings and followers go on; only if
 * they differ does the follower wait while the differing rows are replaced.
 */
@Component
class Replays implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Replays.class);

    private static final int BATCH = 1_000;
    private static final long BETWEEN_LOOKS_SECONDS = 5;
    private static final long BETWEEN_NOTES_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Projections projections;
    private final FollowedTables followed;
    private final ReplayTable replays;
    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;
    private final TransactionTemplate oneLook;
    private final JdbcConnectionDetails database;
    private final Semaphore news = new Semaphore(0);
    private final Worker worker = new Worker("replays", this::work);

    Replays(
            Projections projections,
            FollowedTables followed,
            ReplayTable replays,
            JdbcTemplate sql,
            PlatformTransactionManager transactions,
            JdbcConnectionDetails database) {
        this.projections = projections;
        this.followed = followed;
        this.replays = replays;
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
        this.oneLook = new TransactionTemplate(transactions);
        oneLook.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.database = database;
    }

    /**
     * Begins a replay, unless one is running, and answers how far it is.
     *
     * @throws Refused if there is no such projection, or it is in memory
     */
    Replay begin(String name) {
        var kind = projections.kindOf(name);
        if (kind == Kind.MEMORY) {
            throw new Refused(new MadeAtStart(name));
        }
        transaction.executeWithoutResult(
                _ -> {
                    if (replays.begin(name, followed.newest()) && kind == Kind.TABLES) {
                        beside(name).create();
                    }
                });
        news.release();
        return find(name);
    }

    /**
     * @throws Refused if there is no such projection, or it was never made anew
     */
    Replay find(String name) {
        projections.kindOf(name);
        return replays.find(name).orElseThrow(() -> new Refused(new NeverReplayed(name)));
    }

    /** Ends a running one and throws away what it made. */
    void cancel(String name) {
        find(name);
        transaction.executeWithoutResult(
                _ -> {
                    if (replays.end(name, State.CANCELLED, null, null)
                            && projections.kindOf(name) == Kind.TABLES) {
                        beside(name).drop();
                    }
                });
    }

    private TablesBeside beside(String name) {
        return new TablesBeside(sql, followed.follower(name));
    }

    // ------------------------------------------------------------------ the work

    private void work() {
        try {
            while (worker.isWanted()) {
                runningOnes().forEach(this::goOn);
                if (news.tryAcquire(BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS)) {
                    news.drainPermits();
                }
            }
        } catch (InterruptedException _) {
            // stopped
        }
    }

    private List<String> runningOnes() {
        try {
            return replays.running();
        } catch (DataAccessResourceFailureException | TransientDataAccessException e) {
            log.debug("Replays go on when the database is back", e);
            return List.of();
        }
    }

    private void goOn(String name) {
        try {
            if (Projections.WITH_THE_EVENT.contains(name)) {
                rebuild(name);
            } else if (followed.names().contains(name)) {
                replay(followed.follower(name));
            } // else a projection that this version does not know
        } catch (DataAccessResourceFailureException
                | TransientDataAccessException
                | TransactionException
                | CancellationException e) {
            log.debug("The replay of {} goes on later, if it still runs", name, e);
        } catch (RuntimeException | SQLException e) {
            if (worker.isWanted()) {
                log.warn("The replay of {} was given up", name, e);
                giveUp(name, String.valueOf(e.getMessage()));
            }
        }
    }

    private void giveUp(String name, String why) {
        transaction.executeWithoutResult(
                _ -> {
                    replays.end(name, State.FAILED, null, why.lines().findFirst().orElse(""));
                    if (followed.names().contains(name)) {
                        beside(name).drop();
                    }
                });
    }

    private void replay(TableFollower follower) {
        boolean moved = true;
        while (moved && worker.isWanted()) {
            moved = Boolean.TRUE.equals(transaction.execute(_ -> batch(follower, Long.MAX_VALUE)));
        }
        if (worker.isWanted()) {
            followed.catchUp(follower.name());
            var differ = oneLook.execute(_ -> differ(follower));
            if (Boolean.TRUE.equals(differ)) {
                transaction.executeWithoutResult(_ -> mend(follower));
            }
        }
    }

    /**
     * Brings the new tables one batch further.
     *
     * @param most the position not to go beyond
     * @return false if there was nothing more, or another node is at it
     */
    private boolean batch(TableFollower follower, long most) {
        var from = replays.lock(follower.name());
        if (from == null) {
            return false;
        }
        var events =
                Objects.requireNonNull(
                                sql.execute(
                                        (Connection connection) ->
                                                SettledLog.after(connection, from, BATCH)))
                        .stream()
                        .takeWhile(event -> event.position() <= most)
                        .toList();
        if (events.isEmpty()) {
            return false;
        }
        follow(follower, events);
        replays.moved(follower.name(), events.getLast().position(), null);
        return true;
    }

    private void follow(TableFollower follower, List<LoggedEvent> events) {
        var beside = beside(follower.name());
        beside.comeFirst();
        follower.follow(events);
        sql.execute("set local search_path to default");
    }

    /** Whether the tables differ; ends the replay if not. Null if that cannot be said now. */
    private @Nullable Boolean differ(TableFollower follower) {
        var beside = beside(follower.name());
        beside.takeTime();
        if (!isBroughtTo(follower, followed.position(follower.name()))) {
            return null;
        }
        if (beside.differences() > 0) {
            return true;
        }
        end(follower, beside, 0);
        return false;
    }

    /** With the follower waiting: nothing changes meanwhile. */
    private void mend(TableFollower follower) {
        var beside = beside(follower.name());
        beside.takeTime();
        var position =
                sql.queryForObject(
                        "select position from follower where name = ? for update",
                        Long.class,
                        follower.name());
        if (position == null || !isBroughtTo(follower, position)) {
            return;
        }
        long differences = beside.differences();
        beside.mend();
        end(follower, beside, differences);
    }

    /** Brings the new tables to where the living ones are, if that can be done now. */
    private boolean isBroughtTo(TableFollower follower, long position) {
        boolean moved = true;
        while (moved) {
            moved = batch(follower, position);
        }
        var reached = replays.lock(follower.name());
        return reached != null && reached == position;
    }

    private void end(TableFollower follower, TablesBeside beside, long differences) {
        replays.end(follower.name(), State.DONE, differences, null);
        beside.drop();
        log.info("{} was made anew; {} rows were different", follower.name(), differences);
    }

    /** Register and ledger, from the start; one at a time among all nodes. */
    private void rebuild(String name) throws SQLException {
        var noted = new long[] {System.nanoTime()};
        // sessions of its own: they are set up for long work, and a lock ends with one of them
        try (var own =
                InstalledDatabase.at(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword())) {
            var result =
                    Rebuild.of(own.dataSource(), true)
                            .run(
                                    (step, done, total) -> {
                                        if (total > 0
                                                && System.nanoTime() - noted[0]
                                                        > BETWEEN_NOTES_NANOS) {
                                            noted[0] = System.nanoTime();
                                            note(name, done, total);
                                        }
                                    });
            note(name, result.events(), result.events());
            replays.end(name, State.DONE, result.differences(), null);
        } catch (IllegalStateException e) {
            log.debug("{} is being made anew elsewhere", name, e);
        }
    }

    private void note(String name, long done, long total) {
        if (!replays.moved(name, done, total)) {
            throw new CancellationException();
        }
    }

    @Override
    public void start() {
        worker.start();
    }

    @Override
    public void stop() {
        worker.stop();
    }

    @Override
    public boolean isRunning() {
        return worker.isRunning();
    }
}
