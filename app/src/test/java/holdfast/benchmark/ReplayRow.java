package holdfast.benchmark;

import holdfast.benchmark.Figure.Goal;
import holdfast.testing.TestDatabase;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program's command {@code replay}, which makes ledger and register anew from the log, against
 * reading the log through JDBC with a cursor.
 *
 * <p>The start of Java is not counted: it is what the same command takes on a city without
 * bookings.
 */
record ReplayRow() implements Row.OnStage {

    private static final int ROUNDS = 3;
    private static final int FETCHED_AT_ONCE = 1_000;

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String what() {
        return "replay of the log";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        var nearlyEmpty = stage.prepared("replay_empty");
        replay(stage, nearlyEmpty); // first, so that it fails soon if there is no such command
        // command
        var database = stage.prepared("replay");
        stage.addPast(database, stage.settings().events() / 2);
        run(stage, database, "verify"); // what was seeded is what the application would have left
        var starts = new ArrayList<Double>();
        var floors = new ArrayList<Double>();
        var replays = new ArrayList<Double>();
        long events = 0;
        for (int i = 0; i < ROUNDS; i++) {
            starts.add(replay(stage, nearlyEmpty));
            long begin = System.nanoTime();
            events = read(database);
            floors.add((System.nanoTime() - begin) / 1e9);
            replays.add(replay(stage, database));
            Progress.dot();
        }
        run(stage, database, "verify");
        double start = median(starts);
        double floor = median(floors);
        double replay = median(replays) - start;
        return List.of(
                new Figure(
                        name(),
                        "replay of %,d events".formatted(events),
                        SlotsRows.rate(events / replay),
                        SlotsRows.rate(events / floor),
                        floor / replay,
                        Goal.atLeast(floor / replay, 0.25, 0.7),
                        Map.of("startSeconds", starts, "floorSeconds", floors, "seconds", replays),
                        "%.1f s, and %.1f s to start".formatted(replay, start)));
    }

    private static double median(List<Double> values) {
        return Pairs.median(values.stream().mapToDouble(d -> d).toArray());
    }

    /** Empties what is derived, has it made anew, and sees that it is there; gives seconds. */
    private static double replay(Stage stage, TestDatabase database) throws Exception {
        long before = reservations(database, true);
        long begin = System.nanoTime();
        run(stage, database, "replay", "--no-compare");
        double seconds = (System.nanoTime() - begin) / 1e9;
        long after = reservations(database, false);
        if (after != before) {
            throw new IllegalStateException(
                    "%d reservations after the replay and %d before".formatted(after, before));
        }
        return seconds;
    }

    /** One of the program's commands for operators; it must succeed. */
    private static void run(Stage stage, TestDatabase database, String... subCommand)
            throws Exception {
        var log = stage.home().resolve("command.log");
        var line = new ArrayList<>(ServerProcess.shippedCommand(stage.settings()));
        line.addAll(List.of(subCommand));
        var process = ServerProcess.process(stage.home(), database, line, log).start();
        if (!process.waitFor(30, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    "the program's command %s failed: %s"
                            .formatted(subCommand[0], Files.readString(log).strip()));
        }
    }

    private static long reservations(TestDatabase database, boolean thenEmpty) throws SQLException {
        try (var connection = open(database);
                var statement = connection.createStatement();
                var found = statement.executeQuery("select count(*) from reservation")) {
            found.next();
            long count = found.getLong(1);
            if (thenEmpty) {
                statement.execute("truncate reservation, claim");
            }
            return count;
        }
    }

    private static long read(TestDatabase database) throws SQLException {
        long count = 0;
        long bytes = 0;
        try (var connection = open(database)) {
            connection.setAutoCommit(false); // or the driver would fetch all rows at once
            try (var statement = connection.createStatement()) {
                statement.setFetchSize(FETCHED_AT_ONCE);
                var rows =
                        statement.executeQuery(
                                "select * from domain_event_entry order by global_index");
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    for (int i = 1; i <= columns; i++) {
                        var value = rows.getObject(i);
                        bytes += value instanceof byte[] array ? array.length : 0;
                    }
                    count++;
                }
            }
        }
        if (bytes == 0) {
            throw new IllegalStateException("The log is empty");
        }
        return count;
    }

    private static Connection open(TestDatabase database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
