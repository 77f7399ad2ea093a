package holdfast.journeys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Many clients, a thread each. */
final class Crowd {

    private Crowd() {}

    /** All of them at the same moment; what each one got, in the order of their numbers. */
    static <T> List<T> atOnce(int clients, IntFunction<T> client) {
        var barrier = new CyclicBarrier(clients);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (int n = 0; n < clients; n++) {
                int number = n;
                running.add(
                        threads.submit(
                                () -> {
                                    barrier.await();
                                    return client.apply(number);
                                }));
            }
            return running.stream().map(Crowd::result).toList();
        }
    }

    /** Comes back at the instant, or at once if that is past. */
    static void awaitInstant(Instant instant) {
        var clock = Clock.systemUTC();
        for (var left = nanosUntil(instant, clock); left > 0; left = nanosUntil(instant, clock)) {
            LockSupport.parkNanos(left);
        }
    }

    private static long nanosUntil(Instant instant, Clock clock) {
        return Duration.between(clock.instant(), instant).toNanos();
    }

    private static <T> T result(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException | ExecutionException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
