package holdfast.customer;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many threads that all begin when the last of them is ready. */
final class AtOnce {

    private AtOnce() {}

    static <T> List<T> each(int times, IntFunction<T> action) {
        var ready = new CountDownLatch(times);
        try (var threads = Executors.newFixedThreadPool(times)) {
            var futures =
                    IntStream.range(0, times)
                            .mapToObj(
                                    n ->
                                            threads.submit(
                                                    () -> {
                                                        ready.countDown();
                                                        ready.await();
                                                        return action.apply(n);
                                                    }))
                            .toList();
            return futures.stream().map(AtOnce::result).toList();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException cause) {
            throw new AssertionError(cause);
        }
    }
}
