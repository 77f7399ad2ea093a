package holdfast.benchmark;

import holdfast.benchmark.Plan.Visit;
import holdfast.postgres.KeptDatabase;
import holdfast.testing.TestDatabase;

import org.springframework.util.FileSystemUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the rows are measured on: a folder with a database that holds a city and its bookings, and
 * servers on it, started when first asked for.
 */
final class Stage implements AutoCloseable {

    private static final String PREPARED = "prepared";
    private static final double FULLEST = 0.6;

    private final Settings settings;
    private final Path home;
    private final KeptDatabase postgres;
    private final Map<String, ServerProcess> servers = new ConcurrentHashMap<>();
    private boolean postgresRuns = true;

    private City city;
    private Plan plan;
    private List<Visit> live = List.of();
    private List<Visit> free = List.of();

    private Stage(Settings settings, Path home, City city) {
        this.settings = settings;
        this.home = home;
        this.city = city;
        postgres = KeptDatabase.open(home);
        plan = new Plan(List.of());
    }

    /** Founds the city and books its live appointments. */
    static Stage set(Settings settings) throws Exception {
        var home = Files.createTempDirectory("holdfast-benchmark");
        var city = settings.catalogue() == null ? City.madeUp() : City.from(settings.catalogue());
        Progress.say("a database of its own in %s", home);
        var stage = new Stage(settings, home, city);
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close)); // also if it is interrupted
        try {
            stage.found();
            stage.seed();
            return stage;
        } catch (Exception failed) {
            stage.close();
            throw failed;
        }
    }

    private void found() throws Exception {
        try (var server = ServerProcess.measured(home, live(), settings)) {
            city.apply(server.port());
            plan = Plan.of(city, server.port());
            int factor = (int) Math.ceil(settings.live() / FULLEST / plan.visits().size());
            if (factor > 1) {
                city = city.withRoom(factor);
                city.apply(server.port());
                plan = Plan.of(city, server.port());
            }
            Progress.say(
                    "tenant %s has room for %,d visits, with %d times the places of its catalogue",
                    city.tenant(), plan.visits().size(), Math.max(factor, 1));
            Progress.say("%d people book over HTTP", Bookings.PEOPLE);
            var soon = Instant.now().plus(Duration.ofDays(1));
            var coming = plan.visits().stream().filter(v -> v.start().isAfter(soon)).toList();
            // at first places, since the ledger gives the first that is free
            var first =
                    coming.stream()
                            .filter(visit -> visit.place() == 0)
                            .limit(Bookings.PEOPLE)
                            .toList();
            free = without(coming, first);
            try (var wire = new Wire(server.port())) {
                for (int i = 0; i < Bookings.PEOPLE; i++) {
                    var id = Bookings.hold(wire, city.tenant(), first.get(i));
                    Bookings.confirm(wire, city.tenant(), id, i);
                }
            }
        }
        copy("holdfast", PREPARED);
    }

    private void seed() throws SQLException {
        var count = Math.min(settings.live(), free.size());
        addLive(live(), free.subList(0, count));
        live = free.subList(0, count);
        free = free.subList(count, free.size());
    }

    // ------------------------------------------------------------------ databases

    /** The database that the jar uses, too. */
    TestDatabase live() {
        return database("holdfast");
    }

    private TestDatabase database(String name) {
        var url = postgres.url().replaceFirst("[^/]+$", name);
        return new TestDatabase(url, postgres.user(), postgres.password());
    }

    /** A city with people, and no bookings but theirs. */
    TestDatabase prepared(String name) throws SQLException {
        copy(PREPARED, name);
        return database(name);
    }

    /** The same live bookings, after so many that are over. */
    TestDatabase withPast(String name, int count) throws SQLException {
        var database = prepared(name);
        if (count > 0) {
            addPast(database, count);
        }
        addLive(database, live);
        return database;
    }

    private void copy(String from, String to) throws SQLException {
        var admin = database("postgres");
        try (var connection =
                        DriverManager.getConnection(admin.url(), admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists " + to);
            statement.execute(
                    "create database %s template %s strategy file_copy".formatted(to, from));
        }
    }

    private void addLive(TestDatabase database, List<Visit> visits) throws SQLException {
        Progress.say("%,d live bookings", visits.size());
        var now = Instant.now();
        var yesterday = now.minus(Duration.ofDays(1));
        Seed.write(database, city, visits, yesterday, now.minus(Duration.ofMinutes(2)));
    }

    /** Appointments that are over by now, each with a {@code Reserved} and a {@code Confirmed}. */
    void addPast(TestDatabase database, int count) throws SQLException {
        Progress.say("%,d past reservations", count);
        var past = plan.past(count);
        var first = past.getFirst().start();
        Seed.write(
                database,
                city,
                past,
                first.minus(Duration.ofDays(60)),
                first.minus(Duration.ofDays(1)));
    }

    // ------------------------------------------------------------------ servers

    /** The server on the live database. */
    ServerProcess server() throws Exception {
        return server("live", live());
    }

    /** A server of its own for each name; it runs until all are closed. */
    ServerProcess server(String name, TestDatabase database) throws Exception {
        var server = servers.get(name);
        if (server == null) {
            Progress.say("starting a server: %s", name);
            server = ServerProcess.measured(home, database, settings);
            servers.put(name, server);
        }
        return server;
    }

    void close(String name) throws InterruptedException {
        var server = servers.remove(name);
        if (server != null) {
            server.close();
        }
    }

    /** Leaves the folder to the jar. */
    void leaveToJar() throws InterruptedException {
        for (var name : List.copyOf(servers.keySet())) {
            close(name);
        }
        if (postgresRuns) {
            postgres.close();
            postgresRuns = false;
        }
    }

    // ------------------------------------------------------------------ calls

    Settings settings() {
        return settings;
    }

    Path home() {
        return home;
    }

    String tenant() {
        return city.tenant();
    }

    /** Free visits at any branch, which nobody else is given. */
    Bookings bookings(int count) {
        return bookings(count, branches());
    }

    /** All free visits, until those that were not needed are given back. */
    Bookings allBookings() {
        var all = new Bookings(tenant(), free);
        free = List.of();
        return all;
    }

    void giveBack(Bookings bookings) {
        free = Stream.concat(free.stream(), bookings.unused().stream()).toList();
    }

    /** Free visits at these branches, which nobody else is given. */
    Bookings bookings(int count, List<String> branches) {
        var taken = free.stream().filter(v -> branches.contains(v.branch())).limit(count).toList();
        if (taken.size() < count) {
            throw new IllegalStateException(
                    "There is room for %d of %d bookings".formatted(taken.size(), count));
        }
        free = without(free, taken);
        return new Bookings(tenant(), taken);
    }

    private static List<Visit> without(List<Visit> all, List<Visit> some) {
        var gone = new HashSet<>(some);
        return all.stream().filter(visit -> !gone.contains(visit)).toList();
    }

    /** How many visits are free at a branch. */
    long freeAt(String branch) {
        return free.stream().filter(visit -> visit.branch().equals(branch)).count();
    }

    /** Free visits of the live bookings' database and its copies, given to anybody. */
    Bookings bookingsElsewhere() {
        return new Bookings(tenant(), free);
    }

    /** Branches, the busiest first. */
    List<String> branches() {
        return plan.busiestBranches();
    }

    /** The slots of the branch's service that has the most of them. */
    String slotsOf(String branch, int port) throws IOException {
        var sizes = new HashMap<String, Integer>();
        try (var wire = new Wire(port)) {
            for (var service : city.document().path("services")) {
                for (var offer : service.path("branches")) {
                    if (offer.path("branch").asString().equals(branch)) {
                        var path = Plan.slotsPath(service.path("id").asString(), branch);
                        if (wire.exchange(Wire.get(path, tenant())) == 200) {
                            sizes.put(path, wire.bodyLength());
                        }
                    }
                }
            }
        }
        return sizes.entrySet().stream()
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow()
                .getKey();
    }

    @Override
    public synchronized void close() {
        try {
            leaveToJar();
            FileSystemUtils.deleteRecursively(home);
        } catch (InterruptedException | IOException failed) {
            throw new IllegalStateException("Something may be left of " + home, failed);
        }
    }
}
