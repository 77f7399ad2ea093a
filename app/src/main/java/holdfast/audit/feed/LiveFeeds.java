package holdfast.audit.feed;

import holdfast.catalogue.TenantId;
import holdfast.eventstore.CommitNews;
import holdfast.followers.FollowedTables;
import holdfast.http.Problems;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Wakes those who follow events live. One thread looks for all of them when something was
 * committed, and asks nothing of the database while nobody follows.
 */
@Component
class LiveFeeds implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveFeeds.class);

    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String SECONDS_TO_WAIT = "15";

    private final FollowedTables tables;
    private final TenantEvents events;
    private final Duration lookAgain;
    private final int mostOfATenant;
    private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);
    private volatile @Nullable Thread thread;

    LiveFeeds(
            FollowedTables tables,
            TenantEvents events,
            CommitNews commits,
            @Value("${holdfast.look-again}") Duration lookAgain,
            @Value("${holdfast.live-feeds}") int mostOfATenant) {
        this.tables = tables;
        this.events = events;
        this.lookAgain = lookAgain;
        this.mostOfATenant = mostOfATenant;
        commits.tell(this::look);
    }

    /** Somebody who follows the events of a tenant, on this node. */
    static final class Feed {

        private final TenantId tenant;
        private final Semaphore news = new Semaphore(0);
        private volatile long newest;
        private volatile boolean ended;

        private Feed(TenantId tenant) {
            this.tenant = tenant;
        }

        /** Whether this node stops. */
        boolean isEnded() {
            return ended;
        }

        /**
         * Waits until there is something after the position, this node stops, or the time is over.
         *
         * @return whether there is something
         */
        boolean awaitAfter(long position, Duration patience) throws InterruptedException {
            if (newest <= position && !ended) {
                boolean woken = news.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (woken) {
                    news.drainPermits();
                }
            }
            return newest > position;
        }

        private void tell(long position) {
            if (position > newest) {
                newest = position;
                news.release();
            }
        }

        private void end() {
            ended = true;
            news.release();
        }
    }

    /**
     * Opens a feed, to be closed by {@link #close}.
     *
     * @throws ErrorResponseException if the tenant has as many as it may, or this node stops
     */
    synchronized Feed open(TenantId tenant) {
        if (thread == null) {
            throw refusal(Problems.problem("unavailable", "Try again in a moment."));
        }
        if (feeds.stream().filter(feed -> feed.tenant.equals(tenant)).count() >= mostOfATenant) {
            throw refusal(
                    Problems.problem(
                            "too-many-feeds",
                            "One tenant may have %d live feeds on a node.",
                            mostOfATenant));
        }
        var feed = new Feed(tenant);
        feeds.add(feed);
        look();
        return feed;
    }

    private static ErrorResponseException refusal(ProblemDetail problem) {
        var status = HttpStatusCode.valueOf(problem.getStatus());
        var refusal = new ErrorResponseException(status, problem, null);
        refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
        return refusal;
    }

    void close(Feed feed) {
        feeds.remove(feed);
    }

    private void look() {
        if (!feeds.isEmpty() && news.availablePermits() == 0) {
            news.release();
        }
    }

    private void run() {
        try {
            while (thread == Thread.currentThread()) {
                if (feeds.isEmpty()) {
                    news.acquire();
                } else {
                    news.tryAcquire(lookAgain.toNanos(), TimeUnit.NANOSECONDS);
                }
                TimeUnit.NANOSECONDS.sleep(GATHER_NANOS);
                news.drainPermits();
                tell();
            }
        } catch (InterruptedException _) {
            // stopped
        }
    }

    private void tell() {
        var tenants = feeds.stream().map(feed -> feed.tenant).collect(Collectors.toSet());
        if (tenants.isEmpty()) {
            return;
        }
        try {
            tables.catchUp(TenantEvents.NAME);
            var newest = events.newest(tenants);
            feeds.forEach(feed -> feed.tell(newest.getOrDefault(feed.tenant, 0L)));
        } catch (RuntimeException e) {
            log.debug("Live feeds wait for the database: {}", e.getMessage());
        }
    }

    @Override
    public void start() {
        var starting = Thread.ofPlatform().daemon().name("live-feeds").unstarted(this::run);
        thread = starting; // before it looks whether it is wanted
        starting.start();
    }

    /** Ends all feeds, which would otherwise hold up the stop; their readers go on elsewhere. */
    @Override
    public synchronized void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
        feeds.forEach(Feed::end);
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** After the followers are there; and it stops before the server waits for open requests. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
