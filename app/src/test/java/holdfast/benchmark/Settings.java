package holdfast.benchmark;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is measured, and how large.
 *
 * @param rows names of rows; empty: all
 * @param catalogue a catalogue document to measure with; null: a city is made up
 * @param round how long one round lasts, and one to warm up before all others
 * @param rounds pairs of floor and figure; the median counts
 * @param threads connections of the load, and threads of the floor for writes
 * @param live bookings in the coming 60 days
 * @param past reservations that are over, in the row that has many
 * @param events in the log that is replayed
 * @param dist the folder to run from; where there is none, the jar is started
 * @param jvmOptions a file with options for each server
 */
record Settings(
        List<String> rows,
        @Nullable Path catalogue,
        Duration round,
        int rounds,
        int threads,
        int live,
        int past,
        int events,
        Path jar,
        Path dist,
        Path jvmOptions,
        Path report) {

    private static final String PREFIX = "holdfast.benchmark";

    static Settings ofSystemProperties() {
        var rows = text("", "all");
        var catalogue = text(".catalogue", "");
        return new Settings(
                rows.equals("all") ? List.of() : List.of(rows.split("[,\\s]+")),
                catalogue.isEmpty() ? null : Path.of(catalogue),
                Duration.ofSeconds(number(".seconds", 10)),
                number(".rounds", 5),
                number(".threads", 4),
                number(".live", 200_000),
                number(".past", 1_000_000),
                number(".events", 1_000_000),
                Path.of(text(".jar", "target/holdfast.jar")),
                Path.of(text(".dist", "target/dist")),
                Path.of(text(".options", "src/main/dist/jvm.options")).toAbsolutePath(),
                Path.of(text(".report", "target/benchmark.json")));
    }

    boolean wants(String row) {
        return rows.isEmpty() || rows.contains(row);
    }

    private static int number(String name, int usual) {
        return Integer.parseInt(text(name, String.valueOf(usual)));
    }

    private static String text(String name, String usual) {
        var text = System.getProperty(PREFIX + name, "").strip();
        return text.isEmpty() ? usual : text;
    }
}
