package holdfast.benchmark;

import holdfast.benchmark.Figure.Goal;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The program as people start it, on the folder in which everything else was measured. */
final class JarRows {

    private static final double MEGABYTE = 1024 * 1024;

    private JarRows() {}

    private static String how(Settings settings) throws IOException {
        return ServerProcess.isLaidOut(settings) ? "the folder to run from" : "the bare jar";
    }

    /** Until it is ready, with the database kept from before. */
    record Start() implements Row.OnStage {

        private static final int STARTS = 3;

        @Override
        public String name() {
            return "start";
        }

        @Override
        public String what() {
            return "start to ready";
        }

        @Override
        public List<Figure> measure(Stage stage) throws Exception {
            stage.leaveToJar();
            var seconds = new double[STARTS];
            for (int i = 0; i < STARTS; i++) {
                try (var jar = ServerProcess.shipped(stage.home(), stage.settings())) {
                    seconds[i] = jar.tookToBeReady().toMillis() / 1000.0;
                }
                Progress.dot();
            }
            double median = Pairs.median(seconds);
            return List.of(
                    new Figure(
                            name(),
                            what(),
                            "%.1f s".formatted(median),
                            "–",
                            null,
                            Goal.atMost(median, 10, 4, "s"),
                            Map.of("seconds", seconds),
                            "%s, with %,d live bookings and all events of this run in its log"
                                    .formatted(how(stage.settings()), stage.settings().live())));
        }
    }

    /** Under the load of the slots call. */
    record Memory() implements Row.OnStage {

        private static final int ROUNDS = 3;

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public String what() {
            return "resident memory under slots calls";
        }

        @Override
        public List<Figure> measure(Stage stage) throws Exception {
            stage.leaveToJar();
            var settings = stage.settings();
            long most = 0;
            try (var jar = ServerProcess.shipped(stage.home(), settings)) {
                var path = stage.slotsOf(stage.branches().getFirst(), jar.port());
                var calls = Load.calls(jar.port(), 200, List.of(Wire.get(path, stage.tenant())));
                for (int i = 0; i < ROUNDS; i++) {
                    Load.run(settings.threads(), settings.round(), calls);
                    most = Math.max(most, jar.residentBytes());
                    Progress.dot();
                }
            }
            double megabytes = most / MEGABYTE;
            return List.of(
                    new Figure(
                            name(),
                            what(),
                            "%.0f MB".formatted(megabytes),
                            "–",
                            null,
                            Goal.atMost(megabytes, 700, 350, "MB"),
                            Map.of("bytes", most),
                            how(settings) + ", without PostgreSQL's processes"));
        }
    }
}
