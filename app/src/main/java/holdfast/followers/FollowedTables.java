package holdfast.followers;

import holdfast.eventstore.CommitNews;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Brings the events to all followers of tables, some moments after they were committed. Of several
 * nodes, whoever comes first does the work; a follower's row is locked meanwhile.
 *
 * <p>Commits of a short while are taken together, and read once for all followers, so that these
 * cost little beside bookings. Who reads the tables and must not miss anything calls {@link
 * #catchUp} first.
 */
@Component
public final class FollowedTables implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FollowedTables.class);

    private static final int BATCH = 1_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Map<String, TableFollower> followers;
    private final TransactionTemplate transaction;
    private final JdbcTemplate sql;
    private final Duration lookAgain;
    private final Semaphore news = new Semaphore(0);
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Worker worker = new Worker("followed-tables", this::follow);

    FollowedTables(
            List<TableFollower> followers,
            PlatformTransactionManager transactions,
            JdbcTemplate sql,
            CommitNews commits,
            @Value("${holdfast.look-again}") Duration lookAgain) {
        this.followers =
                followers.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        TableFollower::name, follower -> follower));
        this.transaction = new TransactionTemplate(transactions);
        this.sql = sql;
        this.lookAgain = lookAgain;
        commits.tell(this::wake);
    }

    private void wake() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    /** The names of all followers. */
    public Set<String> names() {
        return followers.keySet();
    }

    /**
     * @throws NoSuchElementException if nobody has this name
     */
    public TableFollower follower(String name) {
        var follower = followers.get(name);
        if (follower == null) {
            throw new NoSuchElementException(name);
        }
        return follower;
    }

    /** The number of the newest event; 0 in an empty log. */
    public long newest() {
        Long newest =
                sql.queryForObject(
                        "select coalesce(max(global_index), 0) from domain_event_entry",
                        Long.class);
        return newest == null ? 0 : newest;
    }

    /** The number of the last event that a follower's tables know; 0 for none. */
    public long position(String name) {
        return sql
                .queryForList("select position from follower where name = ?", Long.class, name)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** Why a follower could not go on when it last tried on this node; null if it could. */
    public @Nullable String failure(String name) {
        return failures.get(name);
    }

    /**
     * Brings a follower's tables to where the log is now, on the calling thread.
     *
     * @return the position that the tables have at least; less than that of the newest event only
     *     if a transaction that writes events has not ended for five seconds
     * @throws NoSuchElementException if nobody has this name
     */
    public long catchUp(String name) {
        var follower = follower(name);
        long newest = newest();
        long begun = System.nanoTime();
        long position = position(name);
        while (position < newest && System.nanoTime() - begun < PATIENCE_NANOS) {
            position = step(List.of(follower), true).position();
        }
        return position;
    }

    /**
     * @param position after it; -1 if other nodes were at work
     * @param brought whether there were any events
     */
    private record Step(long position, boolean brought) {

        static final Step NONE = new Step(-1, false);
    }

    /**
     * One batch in one transaction, read once for all of these followers that stand where the last
     * of them stands.
     *
     * @param wait whether to wait for other nodes that are at it
     */
    private Step step(Collection<TableFollower> among, boolean wait) {
        var done =
                transaction.execute(
                        _ -> {
                            var positions = lockedPositions(among, wait);
                            if (positions.isEmpty()) {
                                return Step.NONE;
                            }
                            long from = Collections.min(positions.values());
                            var events =
                                    sql.execute(
                                            (Connection connection) ->
                                                    SettledLog.after(connection, from, BATCH));
                            if (events == null || events.isEmpty()) {
                                return new Step(from, false);
                            }
                            var moving =
                                    among.stream()
                                            .filter(its -> isAt(from, positions.get(its.name())))
                                            .toList();
                            moving.forEach(follower -> follower.follow(events));
                            long to = events.getLast().position();
                            sql.update(
                                    "update follower set position = ?, moved_at = now() where name"
                                            + " = any(?)",
                                    to,
                                    names(moving));
                            return new Step(to, true);
                        });
        return done == null ? Step.NONE : done;
    }

    private static boolean isAt(long from, @Nullable Long position) {
        return position != null && position == from;
    }

    private Map<String, Long> lockedPositions(Collection<TableFollower> among, boolean wait) {
        var positions = new HashMap<String, Long>();
        sql.query(
                "select name, position from follower where name = any(?) order by name for update"
                        + (wait ? "" : " skip locked"),
                row -> {
                    positions.put(row.getString(1), row.getLong(2));
                },
                (Object) names(among));
        return positions;
    }

    private static String[] names(Collection<TableFollower> among) {
        return among.stream().map(TableFollower::name).toArray(String[]::new);
    }

    @Override
    public void start() {
        for (var name : names()) {
            sql.update("insert into follower (name) values (?) on conflict do nothing", name);
        }
        worker.start();
    }

    @Override
    public void stop() {
        worker.stop();
    }

    /** Before the first request comes, and until after the last one. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return worker.isRunning();
    }

    private void follow() {
        try {
            while (worker.isWanted()) {
                followUp();
                if (news.tryAcquire(lookAgain.toNanos(), TimeUnit.NANOSECONDS)) {
                    TimeUnit.NANOSECONDS.sleep(GATHER_NANOS);
                    news.drainPermits();
                }
            }
        } catch (InterruptedException _) {
            // stopped
        }
    }

    /** Together; whoever cannot go on goes alone until it can again, and holds up nobody. */
    private void followUp() {
        var together = new ArrayList<TableFollower>();
        var alone = new ArrayList<TableFollower>();
        for (var follower : followers.values()) {
            (failures.containsKey(follower.name()) ? alone : together).add(follower);
        }
        try {
            advance(together);
            alone.forEach(this::followAlone);
        } catch (RuntimeException _) { // one of them will say why
            followers.values().forEach(this::followAlone);
        }
    }

    private void followAlone(TableFollower follower) {
        try {
            advance(List.of(follower));
            failures.remove(follower.name());
        } catch (RuntimeException e) {
            if (worker.isWanted()
                    && !String.valueOf(e.getMessage())
                            .equals(
                                    failures.put(
                                            follower.name(), String.valueOf(e.getMessage())))) {
                log.warn("{} cannot follow the event log", follower.name(), e);
            }
        }
    }

    private void advance(Collection<TableFollower> among) {
        while (worker.isWanted() && step(among, false).brought()) {
            // on to the next batch
        }
    }
}
