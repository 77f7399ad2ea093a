package holdfast.journeys;

import static org.awaitility.Awaitility.await;

import holdfast.Holdfast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The application as a process of its own, with the database of a folder, to be killed. It takes
 * whatever port is free, so each start may bring another address.
 */
final class NodeProcess implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Pattern ADDRESS = Pattern.compile("takes bookings at (http://\\S+)");

    private final Path home;
    private final Process process;
    private final String url;

    private NodeProcess(Path home, Process process, String url) {
        this.home = home;
        this.process = process;
        this.url = url;
    }

    /** Starts it and waits until it is ready. */
    static NodeProcess start(Path home) throws IOException {
        var log = Files.createTempFile(home, "application-", ".log");
        var process = launch(home, log, List.of());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .failFast("it ended: see " + log, () -> !process.isAlive())
                .until(() -> ADDRESS.matcher(Files.readString(log)).find());
        var said = ADDRESS.matcher(Files.readString(log));
        if (!said.find()) {
            throw new IllegalStateException("It was there a moment ago");
        }
        return new NodeProcess(home, process, said.group(1));
    }

    /** Runs a sub-command on the folder to its end. */
    static int run(Path home, Path output, String... arguments)
            throws IOException, InterruptedException {
        var process = launch(home, output, List.of(arguments));
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("It did not end: " + List.of(arguments));
        }
        return process.exitValue();
    }

    private static Process launch(Path home, Path output, List<String> arguments)
            throws IOException {
        var builder =
                new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1", // it does not live long
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holdfast.class.getName());
        builder.command().addAll(arguments);
        builder.environment().put("HOLDFAST_HOME", home.toString());
        builder.environment().put("SERVER_PORT", "0");
        builder.environment().put("HOLDFAST_OPERATOR_ID", Caller.OPERATOR);
        builder.environment().put("HOLDFAST_OPERATOR_SECRET", Caller.SECRET);
        builder.redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        return builder.start();
    }

    /** Without a slash at the end. */
    String url() {
        return url;
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The same to the server process of its database, which it then starts again. */
    void killDatabase() {
        var server =
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(this::databaseServer, Optional::isPresent)
                        .orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }

    /** Empty while it is being started again. */
    private Optional<ProcessHandle> databaseServer() throws IOException {
        var pid = Files.readAllLines(home.resolve("postgres").resolve("postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).filter(ProcessHandle::isAlive);
    }

    void awaitReady() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(
                        () ->
                                Caller.anonymous(url).get("/actuator/health/readiness").status()
                                        == 200);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
