package holdfast.benchmark;

import holdfast.benchmark.Figure.Verdict;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Measures what was asked for, prints one table and writes it as JSON. */
final class Benchmark {

    /** In this order: the jar is measured last, on the folder that all others used. */
    private static final List<Row> ROWS =
            List.of(
                    new SlotsRows.Whole(),
                    new SlotsRows.Unchanged(),
                    new SlotsRows.WithWriters(),
                    new DayRow(),
                    new CyclesRow(),
                    new SealsRow(),
                    new RoundTripsRow(),
                    new ReplayRow(),
                    new SlotsRows.LongPast(),
                    new LagRow(),
                    new JarRows.Start(),
                    new JarRows.Memory());

    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(Benchmark.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        var settings = Settings.ofSystemProperties();
        var names = ROWS.stream().map(Row::name).toList();
        if (!names.containsAll(settings.rows())) {
            System.err.println("Rows are " + names + ", asked for are " + settings.rows());
            System.exit(2);
        }
        var rows = ROWS.stream().filter(row -> settings.wants(row.name())).toList();
        var table = new Table(settings, Table.machineNow(), measure(settings, rows));
        System.out.printf("%n%n%s%n%s%n", table.machine(), table.text());
        table.writeJson(settings.report());
        System.out.println("Written to " + settings.report());
        boolean failed =
                table.figures().stream()
                        .anyMatch(figure -> figure.goal().verdict() == Verdict.FAILED);
        System.exit(failed ? 1 : 0);
    }

    private static List<Figure> measure(Settings settings, List<Row> rows) throws Exception {
        var figures = new ArrayList<Figure>();
        try (var stage = new OnDemand(settings)) {
            for (var row : rows) {
                Progress.say("measuring: %s", row.what());
                try {
                    figures.addAll(row.measure(settings, stage));
                } catch (Exception | LinkageError failed) {
                    Progress.say("%s could not be measured: %s", row.what(), failed);
                    figures.add(Figure.failed(row.name(), row.what(), failed));
                }
            }
        }
        return figures;
    }

    private static final class OnDemand implements Callable<Stage>, AutoCloseable {

        private final Settings settings;
        private @Nullable Stage stage;

        OnDemand(Settings settings) {
            this.settings = settings;
        }

        @Override
        public Stage call() throws Exception {
            if (stage == null) {
                stage = Stage.set(settings);
            }
            return stage;
        }

        @Override
        public void close() {
            if (stage != null) {
                stage.close();
            }
        }
    }
}
