package holdfast.benchmark;

import java.time.Duration;

/** Says on standard output what is being done. */
final class Progress {

    private static final long BEGIN = System.nanoTime();

    private Progress() {}

    static void say(String format, Object... values) {
        var seconds = Duration.ofNanos(System.nanoTime() - BEGIN).toSeconds();
        System.out.printf("%n[%3d:%02d] %s", seconds / 60, seconds % 60, format.formatted(values));
        System.out.flush();
    }

    static void dot() {
        System.out.print(" .");
        System.out.flush();
    }
}
