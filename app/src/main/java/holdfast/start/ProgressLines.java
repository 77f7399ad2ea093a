package holdfast.start;

import holdfast.reservation.Progress;

import java.io.PrintStream;
import java.time.Duration;

/**
 * Shows how far long work has come: on a terminal one line that changes, elsewhere a line every few
 * seconds.
 */
final class ProgressLines implements Progress, AutoCloseable {

    private static final boolean TERMINAL =
            System.console() != null && System.console().isTerminal();
    private static final long BETWEEN =
            (TERMINAL ? Duration.ofMillis(200) : Duration.ofSeconds(5)).toNanos();

    private final PrintStream out;
    private String step = "";
    private long stepBegan;
    private long said = System.nanoTime();
    private boolean onLine;

    ProgressLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void at(String doing, long done, long total) {
        if ((done & 0xff) != 0 && doing.equals(step)) {
            return; // the clock costs more than the step
        }
        long now = System.nanoTime();
        if (!doing.equals(step)) {
            step = doing;
            stepBegan = now;
        }
        if (now - said >= BETWEEN) {
            said = now;
            say(line(done, total, now));
        }
    }

    private String line(long done, long total, long now) {
        if (done == 0) {
            return step;
        }
        double rate = done / Math.max(0.001, (now - stepBegan) / 1e9);
        if (total <= 0) {
            return "%s: %,d, %,.0f/s".formatted(step, done, rate);
        }
        return "%s: %,d of %,d (%d %%), %,.0f/s, %s left"
                .formatted(
                        step,
                        done,
                        total,
                        Math.min(100, 100 * done / total),
                        rate,
                        left((total - done) / rate));
    }

    private static String left(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return "%d:%02d".formatted(whole / 60, whole % 60);
    }

    private void say(String line) {
        if (TERMINAL) {
            out.print("\r\u001b[K" + line);
            onLine = true;
        } else {
            out.println(line);
        }
    }

    /** Leaves the terminal's line empty. */
    @Override
    public void close() {
        if (onLine) {
            out.print("\r\u001b[K");
            onLine = false;
        }
    }
}
