package holdfast.eventstore;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * An event store that tells projections of new events instead of letting them look twice a second.
 *
 * <p>Axon's store reads the tail of the log once for everybody. One more reader of that tail, the
 * watch, blocks until events show and then wakes the projections: at that moment they find the
 * events in memory, and any number of commits in between is one wake-up.
 */
final class WakingEventStore extends EmbeddedEventStore {

    private static final Logger log = LoggerFactory.getLogger(WakingEventStore.class);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Tells other nodes at once, and this one soon, that something was committed here. */
    interface Announcement {
        void committed();
    }

    private final Announcement announcement;
    private final CommitNews news;
    private final Set<WakingStream> sleepers = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Thread> watch = new AtomicReference<>();

    WakingEventStore(Builder builder, Announcement announcement, CommitNews news) {
        super(builder);
        this.announcement = announcement;
        this.news = news;
    }

    /**
     * Leaves the looking to the announcement: what was committed here is in this node's pictures
     * already, and reading it again for every single commit would cost more than the commit.
     */
    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        announcement.committed();
        news.committed();
    }

    /** Looks for new events now. */
    void lookNow() {
        super.afterCommit(List.of());
        news.committed();
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        WakingStream stream = new WakingStream(super.openStream(token));
        startWatch();
        return stream;
    }

    @Override
    public void registerLifecycleHandlers(Lifecycle.LifecycleRegistry lifecycle) {
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS - 9, this::stopWatch);
        super.registerLifecycleHandlers(lifecycle);
    }

    private void startWatch() {
        if (watch.get() == null) {
            Thread thread = Thread.ofPlatform().daemon().name("event-watch").unstarted(this::watch);
            if (watch.compareAndSet(null, thread)) {
                thread.start();
            }
        }
    }

    private void stopWatch() {
        Thread thread = watch.get();
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try (TrackingEventStream tail = super.openStream(createHeadToken())) {
                wakeAll(); // what came before the tail was open
                while (true) {
                    tail.nextAvailable();
                    while (tail.hasNextAvailable(0, TimeUnit.MILLISECONDS)) {
                        tail.nextAvailable();
                    }
                    wakeAll();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.warn("The event log cannot be read at the moment: {}", e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void wakeAll() {
        sleepers.forEach(WakingStream::wake);
    }

    private final class WakingStream implements TrackingEventStream {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private volatile @Nullable Runnable callback;

        WakingStream(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        void wake() {
            Runnable wakeUp = callback;
            if (wakeUp != null) {
                wakeUp.run();
            }
        }

        @Override
        public boolean setOnAvailableCallback(Runnable wakeUp) {
            callback = wakeUp;
            sleepers.add(this);
            return true;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public void close() {
            sleepers.remove(this);
            stream.close();
        }
    }
}
