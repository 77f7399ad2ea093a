package holdfast.postgres;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of our own, in a folder that outlives it.
 *
 * <p>Durable: what is committed is on disk. It listens on the loopback address only, wants its
 * password, and belongs to one process at a time. If the server dies while this object is open, it
 * is started again on the same address; if this process dies, the next one that opens the folder
 * stops the orphan first. Closing it stops the server.
 */
final class OwnPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OwnPostgres.class);

    private static final String NAME = "holdfast";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final Path home;
    private final Path data;
    private final FileChannel lockFile;
    private final PostgresBinaries binaries;
    private final Address address;
    private volatile boolean closing;
    private volatile Process server;

    private record Address(int port, String password) {}

    private OwnPostgres(Path home, FileChannel lockFile)
            throws IOException, InterruptedException, SQLException {
        this.home = home;
        this.data = home.resolve("postgres");
        this.lockFile = lockFile;
        this.binaries = PostgresBinaries.in(home);
        stopOrphan();
        this.address = address();
        initialise();
        this.server = launch();
        try {
            awaitReady();
            createDatabase();
        } catch (SQLException | IOException | RuntimeException e) {
            stopServer();
            throw e;
        }
        Thread.ofPlatform().daemon().name("postgres-supervisor").start(this::supervise);
    }

    /**
     * Opens the database in {@code home}, making it at the first time.
     *
     * @throws DatabaseRefused if another process has the folder, or the server does not come up
     */
    static OwnPostgres open(Path home) {
        FileChannel lockFile = null;
        try {
            createPrivateFolder(home);
            lockFile = lock(home);
            return new OwnPostgres(home, lockFile);
        } catch (IOException | SQLException e) {
            closeQuietly(lockFile);
            throw new DatabaseRefused(
                    "The database in " + home + " cannot be started: " + e.getMessage(),
                    "See "
                            + home.resolve("postgres.log")
                            + ", or name another server with SPRING_DATASOURCE_URL.");
        } catch (InterruptedException e) {
            closeQuietly(lockFile);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the database was starting", e);
        } catch (RuntimeException e) {
            closeQuietly(lockFile);
            throw e;
        }
    }

    /** How to reach a server. */
    record Login(String url, String user, String password) {}

    /** The server that another process runs in the folder; null if none does. */
    static @Nullable Login running(Path home) {
        try {
            lock(home).close();
            return null;
        } catch (DatabaseRefused somebodyHasIt) {
            return login(home);
        } catch (IOException e) {
            throw new DatabaseRefused(
                    "The folder " + home + " cannot be used: " + e.getMessage(),
                    "It belongs to whoever runs Holdfast on it.");
        }
    }

    private static Login login(Path home) {
        try {
            Properties kept = kept(home);
            return new Login(
                    url(Integer.parseInt(kept.getProperty("port", "0")), NAME),
                    NAME,
                    kept.getProperty("password", ""));
        } catch (IOException e) {
            throw new DatabaseRefused(
                    "The password of the database cannot be read: " + e.getMessage(),
                    "It is in database.properties in " + home + ".");
        }
    }

    String url() {
        return url(NAME);
    }

    String user() {
        return NAME;
    }

    String password() {
        return address.password();
    }

    long pid() {
        return server.pid();
    }

    @Override
    public void close() {
        closing = true; // first, so that a restart under way gives up
        try {
            stopForGood();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeQuietly(lockFile);
        }
    }

    // ------------------------------------------------------------------ folder

    private static FileChannel lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new DatabaseRefused(
                    "Another Holdfast is running on " + home + ".",
                    "Stop it, or give this one a folder of its own with HOLDFAST_HOME.");
        }
        return channel;
    }

    private Address address() throws IOException {
        Path file = addressFile(home);
        Properties kept = kept(home);
        if (kept.isEmpty() && Files.exists(data)) {
            throw new DatabaseRefused(
                    file + " is gone, and with it the password of the database beside it.",
                    "Put it back, or move the folder " + data + " away to start empty.");
        }
        String password = kept.getProperty("password");
        if (password == null) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        }
        int port = freePort(Integer.parseInt(kept.getProperty("port", "0")));
        Path fresh = home.resolve("database.properties.new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ownerOnly("rw-------"));
        Files.writeString(fresh, "port=" + port + "\npassword=" + password + "\n");
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return new Address(port, password);
    }

    private static Path addressFile(Path home) {
        return home.resolve("database.properties");
    }

    /** Empty if there is no file. */
    private static Properties kept(Path home) throws IOException {
        Properties kept = new Properties();
        if (Files.exists(addressFile(home))) {
            try (var reader = Files.newBufferedReader(addressFile(home))) {
                kept.load(reader);
            }
        }
        return kept;
    }

    private static int freePort(int preferred) throws IOException {
        try (ServerSocket probe =
                new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException taken) {
            if (preferred == 0) {
                throw taken;
            }
            return freePort(0);
        }
    }

    private void initialise() throws IOException, InterruptedException {
        if (Files.exists(data)) {
            return;
        }
        Path aside = home.resolve("postgres.new"); // a half-made one is never taken for a database
        FileSystemUtils.deleteRecursively(aside);
        Path secret = Files.createTempFile(home, "initial-", "", ownerOnly("rw-------"));
        try {
            Files.writeString(secret, address.password());
            run(
                    "initdb",
                    "--pgdata=" + aside,
                    "--username=" + NAME,
                    "--pwfile=" + secret,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--data-checksums");
        } finally {
            Files.delete(secret);
        }
        Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
    }

    // ------------------------------------------------------------------ server

    private Process launch() throws IOException {
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // In its own session, or Ctrl-C would end it before the requests that still need it.
            line.add("/usr/bin/setsid");
        }
        line.addAll(binaries.command("postgres", "-D", data.toString()));
        settings().forEach(setting -> line.addAll(List.of("-c", setting)));
        Path logFile = home.resolve("postgres.log");
        if (!Files.exists(logFile)) {
            Files.createFile(logFile, ownerOnly("rw-------"));
        }
        return new ProcessBuilder(line)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .start();
    }

    private List<String> settings() {
        return List.of(
                "port=" + address.port(),
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "password_encryption=scram-sha-256",
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                "wal_compression=on",
                "max_wal_size=2GB",
                "max_connections=60",
                "shared_buffers=256MB",
                "random_page_cost=1.1",
                "jit=off",
                "timezone=UTC",
                "log_timezone=UTC",
                // no values in the log: they may be somebody's data
                "log_error_verbosity=terse",
                "log_min_error_statement=panic",
                "log_parameter_max_length=0",
                "log_parameter_max_length_on_error=0");
    }

    private void awaitReady() throws IOException, InterruptedException, SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!closing) {
            try (Connection connection = connect("postgres")) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
            }
            if (server.waitFor(BETWEEN_TRIES)) {
                String complaint = lastComplaint();
                // What a killed predecessor started may outlive it for a moment.
                if (System.nanoTime() > end || !complaint.contains("shared memory block")) {
                    throw new IOException(complaint);
                }
                server = launch();
            }
        }
    }

    private String lastComplaint() throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("postgres.log"))) {
            return lines.filter(line -> line.contains("FATAL"))
                    .reduce((before, line) -> line)
                    .orElse("its process ended");
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery(
                            "select 1 from pg_database where datname = '" + NAME + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + NAME);
        }
    }

    private void supervise() {
        while (!closing) {
            try {
                int code = server.waitFor();
                restart(code);
            } catch (IOException | SQLException e) {
                log.error("The database could not be started again: {}", e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void restart(int code)
            throws IOException, SQLException, InterruptedException {
        if (closing) {
            return;
        }
        log.error("The database process ended with code {}; starting it again.", code);
        server = launch();
        awaitReady();
        log.warn("The database is back.");
    }

    private synchronized void stopForGood() throws IOException, InterruptedException {
        stopServer();
    }

    private void stopServer() throws IOException, InterruptedException {
        if (server.isAlive()) {
            run("pg_ctl", "stop", "--pgdata=" + data, "--mode=fast", "--wait", "--timeout=60");
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /**
     * Ends the server that a killed predecessor of this process left running. The folder's lock is
     * ours, so nobody is using it any more.
     */
    private void stopOrphan() throws IOException, InterruptedException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        ProcessHandle holder = lines.isEmpty() ? null : find(lines.getFirst().strip());
        if (holder != null && isServerOf(holder)) {
            log.warn("Stopping the database that an earlier run left behind.");
            run("pg_ctl", "stop", "--pgdata=" + data, "--mode=fast", "--wait", "--timeout=60");
        } else if (holder == null || holder.info().commandLine().isPresent()) {
            // The number now belongs to nobody, or visibly to another program.
            Files.deleteIfExists(pidFile);
        }
    }

    private static @Nullable ProcessHandle find(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).orElse(null);
    }

    private boolean isServerOf(ProcessHandle holder) {
        return holder.info().commandLine().orElse("").contains(data.toString());
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(binaries.command(program, arguments))
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new IOException(program + " failed: " + said);
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", NAME);
        login.setProperty("password", address.password());
        login.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(url(database), login);
    }

    private String url(String database) {
        return url(address.port(), database);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    // ------------------------------------------------------------------ files

    private static void createPrivateFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, ownerOnly("rwx------"));
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return java.nio.file.FileSystems.getDefault()
                        .supportedFileAttributeViews()
                        .contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)}
                : new FileAttribute<?>[0];
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            log.debug("The lock file did not close", e);
        }
    }
}
