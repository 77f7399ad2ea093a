package holdfast.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All figures, for people and for programs.
 *
 * @param machine what it ran on, and how busy that was before
 */
record Table(Settings settings, String machine, List<Figure> figures) {

    private static final List<String> HEAD =
            List.of("what", "measured", "floor", "ratio", "reach", "aim", "verdict");

    String text() {
        var lines = figures.stream().map(Table::cells).toList();
        var widths =
                IntStream.range(0, HEAD.size())
                        .map(
                                column ->
                                        Math.max(
                                                HEAD.get(column).length(),
                                                lines.stream()
                                                        .mapToInt(line -> line.get(column).length())
                                                        .max()
                                                        .orElse(0)))
                        .toArray();
        var text = new StringBuilder();
        text.append(line(HEAD, widths, " "));
        text.append(line(HEAD.stream().map(_ -> "").toList(), widths, "-"));
        lines.forEach(line -> text.append(line(line, widths, " ")));
        figures.stream()
                .filter(figure -> !figure.note().isEmpty())
                .forEach(figure -> text.append("%n%s: %s".formatted(figure.what(), figure.note())));
        return text.append(System.lineSeparator()).toString();
    }

    private static List<String> cells(Figure figure) {
        return List.of(
                figure.what(),
                figure.measured(),
                figure.floor(),
                figure.ratio() == null ? "–" : "%.2f".formatted(figure.ratio()),
                figure.goal().reach(),
                figure.goal().aim(),
                figure.goal().verdict().name().toLowerCase(Locale.ROOT));
    }

    private static String line(List<String> cells, int[] widths, String filler) {
        return IntStream.range(0, widths.length)
                .mapToObj(
                        i ->
                                filler
                                        + cells.get(i)
                                        + filler.repeat(widths[i] - cells.get(i).length() + 1))
                .collect(Collectors.joining("|", "|", "|" + System.lineSeparator()));
    }

    void writeJson(Path file) throws IOException {
        var report = new LinkedHashMap<String, Object>();
        report.put("at", Instant.now().toString());
        report.put("machine", machine);
        report.put(
                "settings",
                new TreeMap<>(
                        Map.of(
                                "catalogue",
                                settings.catalogue() == null
                                        ? "made up"
                                        : settings.catalogue().getFileName().toString(),
                                "seconds",
                                settings.round().toSeconds(),
                                "rounds",
                                settings.rounds(),
                                "threads",
                                settings.threads(),
                                "live",
                                settings.live(),
                                "past",
                                settings.past(),
                                "events",
                                settings.events())));
        report.put("figures", figures);
        var parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(
                file, City.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report));
    }

    /** This machine, and how many processes wanted a processor in the last minute. */
    static String machineNow() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return "%s %s, %d processors, Java %s; load before the run %.1f"
                .formatted(
                        system.getName(),
                        system.getArch(),
                        system.getAvailableProcessors(),
                        Runtime.version(),
                        system.getSystemLoadAverage());
    }
}
