package holdfast.benchmark;

import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** As many calls as a few threads can make, one after the other on each. */
final class Load {

    private static final long LONGEST = Duration.ofMinutes(1).toNanos();
    private static final double MICROS = 1_000;

    private Load() {}

    /** What came of a round; times in microseconds. */
    record Result(long calls, double perSecond, double p50, double p99) {

        static Result of(Histogram nanos, long took) {
            return new Result(
                    nanos.getTotalCount(),
                    nanos.getTotalCount() * 1e9 / took,
                    nanos.getValueAtPercentile(50) / MICROS,
                    nanos.getValueAtPercentile(99) / MICROS);
        }
    }

    /** One thread's work, done again and again. Closed when the round is over. */
    interface Work extends AutoCloseable {
        void once() throws Exception;
    }

    /** How a thread gets its work. */
    interface Workers {
        Work worker(int number) throws Exception;
    }

    /**
     * Keep-alive connections that make the same calls in turn; another status than expected ends
     * it.
     */
    static Workers calls(int port, int expected, List<byte[]> requests) {
        return number -> {
            var wire = new Wire(port);
            return new Work() {
                private int next = number;

                @Override
                public void once() throws Exception {
                    int status = wire.exchange(requests.get(next++ % requests.size()));
                    Bookings.must(expected, status, wire);
                }

                @Override
                public void close() throws Exception {
                    wire.close();
                }
            };
        };
    }

    static Result run(int threads, Duration during, Workers workers) throws Exception {
        long begin = System.nanoTime();
        long end = begin + during.toNanos();
        var all = new Histogram(LONGEST, 3);
        var tasks = new ArrayList<Callable<Histogram>>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            tasks.add(() -> work(workers, number, end));
        }
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var done : pool.invokeAll(tasks)) {
                try {
                    all.add(done.get());
                } catch (ExecutionException failed) {
                    throw failed.getCause() instanceof Exception cause ? cause : failed;
                }
            }
        }
        return Result.of(all, System.nanoTime() - begin);
    }

    private static Histogram work(Workers workers, int number, long end) throws Exception {
        var nanos = new Histogram(LONGEST, 3);
        try (var work = workers.worker(number)) {
            long last = System.nanoTime();
            while (last < end) {
                work.once();
                long now = System.nanoTime();
                nanos.recordValue(Math.min(now - last, LONGEST));
                last = now;
            }
        }
        return nanos;
    }
}
