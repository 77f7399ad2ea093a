package holdfast.eventstore;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells the other nodes on this database that something was committed, and listens to them.
 *
 * <p>An announcement is sent after the commit and on a connection of its own: within the
 * transaction, {@code NOTIFY} takes a lock over the whole database and lines commits up. The first
 * commit after a quiet time is announced at once, and then one announcement covers all commits of a
 * short while. This node's own readers of the log look four times a second at most, since what was
 * committed here is in its pictures already. It only saves waiting: each node looks at the log from
 * time to time without having been told.
 */
final class CommitAnnouncements implements WakingEventStore.Announcement, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CommitAnnouncements.class);

    private static final String CHANNEL = "holdfast_committed";
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** How often this node looks at what it committed itself. */
    private static final long LOOK_HERE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LISTEN_MILLIS = 10_000;

    private final JdbcConnectionDetails database;
    private final Node node;
    private final ObjectProvider<WakingEventStore> store;
    private final Semaphore committed = new Semaphore(0);
    private boolean owesALook;
    private long lookedHere = System.nanoTime() - LOOK_HERE_NANOS;
    private volatile boolean running;
    private volatile @Nullable Connection listening;
    private volatile @Nullable Thread announcer;
    private volatile @Nullable Thread listener;

    CommitAnnouncements(
            JdbcConnectionDetails database, Node node, ObjectProvider<WakingEventStore> store) {
        this.database = database;
        this.node = node;
        this.store = store;
    }

    @Override
    public void committed() {
        committed.release();
    }

    @Override
    public void start() {
        running = true;
        announcer = Thread.ofPlatform().daemon().name("commit-announcer").start(this::announce);
        listener = Thread.ofPlatform().daemon().name("commit-listener").start(this::listen);
    }

    @Override
    public void stop() {
        running = false;
        interrupt(announcer);
        interrupt(listener);
        close(listening);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void announce() {
        while (running) {
            try (Connection connection = connect();
                    Statement setting = connection.createStatement();
                    PreparedStatement statement =
                            connection.prepareStatement("select pg_notify(?, ?)")) {
                setting.execute("set synchronous_commit = off"); // a lost word is no loss
                statement.setString(1, CHANNEL);
                statement.setString(2, node.name());
                while (running) {
                    if (!committed.tryAcquire(LOOK_HERE_NANOS, TimeUnit.NANOSECONDS)) {
                        lookHere();
                        committed.acquire();
                    }
                    committed.drainPermits();
                    statement.execute();
                    owesALook = true;
                    if (System.nanoTime() - lookedHere >= LOOK_HERE_NANOS) {
                        lookHere();
                    }
                    LockSupport.parkNanos(GATHER_NANOS);
                }
            } catch (SQLException e) {
                complain(e);
                committed.release();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** On the announcer's thread only. */
    private void lookHere() {
        if (owesALook) {
            owesALook = false;
            lookedHere = System.nanoTime();
            store.getObject().lookNow();
        }
    }

    private void listen() {
        while (running) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                listening = connection;
                statement.execute("listen " + CHANNEL);
                PGConnection postgres = connection.unwrap(PGConnection.class);
                store.getObject().lookNow(); // what was missed while nobody listened
                while (running) {
                    if (isFromAnother(postgres.getNotifications(LISTEN_MILLIS))) {
                        store.getObject().lookNow();
                    }
                }
            } catch (SQLException e) {
                complain(e);
            }
        }
    }

    private boolean isFromAnother(PGNotification @Nullable [] heard) {
        if (heard != null) {
            for (PGNotification notification : heard) {
                if (!notification.getParameter().equals(node.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void complain(SQLException e) {
        if (running) {
            log.debug("Other nodes cannot be reached at the moment: {}", e.getMessage());
            LockSupport.parkNanos(RECONNECT_NANOS);
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        if (database.getUsername() != null) {
            login.setProperty("user", database.getUsername());
        }
        if (database.getPassword() != null) {
            login.setProperty("password", database.getPassword());
        }
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("ApplicationName", "holdfast-announcements");
        return DriverManager.getConnection(database.getJdbcUrl(), login);
    }

    private static void interrupt(@Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            log.debug("The listening connection did not close", e);
        }
    }
}
