package holdfast.benchmark;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Books at a fixed schedule, whether or not the server keeps up. */
final class Writers implements AutoCloseable {

    private static final int OVERLOADED = 503;

    private final ExecutorService threads;
    private final long begin = System.nanoTime();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean over;

    private Writers(int count) {
        threads = Executors.newFixedThreadPool(count);
    }

    static Writers start(int port, Bookings bookings, int perSecond, int threads) {
        var writers = new Writers(threads);
        for (int i = 0; i < threads; i++) {
            writers.threads.execute(() -> writers.write(port, bookings, perSecond));
        }
        return writers;
    }

    private void write(int port, Bookings bookings, int perSecond) {
        try (var wire = new Wire(port)) {
            while (!over) {
                int number = begun.getAndIncrement();
                long due = begin + number * 1_000_000_000L / perSecond;
                for (long left = due - System.nanoTime(); left > 0 && !over; ) {
                    LockSupport.parkNanos(left);
                    left = due - System.nanoTime();
                }
                if (!over) {
                    book(wire, bookings, number);
                }
            }
        } catch (IOException | RuntimeException failed) {
            failure.compareAndSet(null, failed);
        }
    }

    private void book(Wire wire, Bookings bookings, int number) throws IOException {
        try {
            bookings.cycle(wire, number);
            done.incrementAndGet();
        } catch (UnexpectedAnswer answer) {
            if (answer.status != OVERLOADED) {
                throw answer;
            }
            refused.incrementAndGet();
        }
    }

    /** Bookings that the server had no room to make. */
    int refused() {
        return refused.get();
    }

    /** Cycles of hold and confirm until now. */
    double perSecond() {
        return done.get() * 1e9 / (System.nanoTime() - begin);
    }

    @Override
    public void close() throws Exception {
        over = true;
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("A booking does not end");
        }
        var failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
