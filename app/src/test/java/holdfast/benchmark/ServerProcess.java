package holdfast.benchmark;

import holdfast.testing.TestDatabase;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The application as a process of its own. */
final class ServerProcess implements AutoCloseable {

    static final String OPERATOR = "operator";
    static final String SECRET = "a-secret-of-the-benchmark-only";

    private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final int port;
    private final Duration tookToBeReady;

    private ServerProcess(Process process, int port, Path log) throws Exception {
        this.process = process;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // if it is interrupted
        long begin = System.nanoTime();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "The server did not start:\n" + Files.readString(log));
            }
            Thread.sleep(10);
        }
        tookToBeReady = Duration.ofNanos(System.nanoTime() - begin);
    }

    /** With the floors beside it and the JVM's options as shipped, on a database that runs. */
    static ServerProcess measured(Path home, TestDatabase database, Settings settings)
            throws Exception {
        return start(
                home,
                database,
                List.of(
                        JAVA,
                        "@" + settings.jvmOptions(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MeasuredServer.class.getName()));
    }

    /** As people start it, on the database in its folder. */
    static ServerProcess shipped(Path home, Settings settings) throws Exception {
        return start(home, null, shippedCommand(settings));
    }

    /** The folder to run from, if it was laid out from this very jar; else the jar. */
    static List<String> shippedCommand(Settings settings) throws IOException {
        if (!Files.exists(settings.jar())) {
            throw new IllegalStateException(settings.jar().toAbsolutePath() + " is not built");
        }
        return isLaidOut(settings)
                ? List.of(settings.dist().resolve("holdfast").toAbsolutePath().toString())
                : List.of(JAVA, "-jar", settings.jar().toAbsolutePath().toString());
    }

    static boolean isLaidOut(Settings settings) throws IOException {
        var cache = settings.dist().resolve("holdfast.aot");
        return Files.exists(cache)
                && Files.getLastModifiedTime(cache)
                                .compareTo(Files.getLastModifiedTime(settings.jar()))
                        > 0;
    }

    private static ServerProcess start(
            Path home, @Nullable TestDatabase database, List<String> java) throws Exception {
        int port = aFreePort();
        var line = new ArrayList<>(java);
        line.add("--server.port=" + port);
        var log = home.resolve("application-" + port + ".log");
        return new ServerProcess(process(home, database, line, log).start(), port, log);
    }

    /** A command with the folder and the database in its environment. */
    static ProcessBuilder process(
            Path home, @Nullable TestDatabase database, List<String> command, Path log) {
        var process = new ProcessBuilder(command);
        var environment = process.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HOLDFAST_HOME", home.toString());
        environment.put("HOLDFAST_OPERATOR_ID", OPERATOR);
        environment.put("HOLDFAST_OPERATOR_SECRET", SECRET);
        if (database != null) {
            environment.put("SPRING_DATASOURCE_URL", database.url());
            environment.put("SPRING_DATASOURCE_USERNAME", database.user());
            environment.put("SPRING_DATASOURCE_PASSWORD", database.password());
        }
        return process.redirectErrorStream(true).redirectOutput(log.toFile());
    }

    int port() {
        return port;
    }

    /** From the start of the process until readiness answered 200. */
    Duration tookToBeReady() {
        return tookToBeReady;
    }

    /** Resident memory in bytes, as Linux counts it; without the processes of PostgreSQL. */
    long residentBytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private boolean isReady() {
        try {
            var readiness = "http://localhost:" + port + "/actuator/health/readiness";
            var asked = (HttpURLConnection) URI.create(readiness).toURL().openConnection();
            return asked.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int aFreePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
