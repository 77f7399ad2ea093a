package holdfast.benchmark;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import holdfast.Holdfast;
import holdfast.benchmark.Figure.Goal;
import holdfast.benchmark.Footprint.Keys;
import holdfast.benchmark.Footprint.Picture;
import holdfast.benchmark.Load.Result;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.ReservationCommand.Confirm;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.VisitWish;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.axonframework.commandhandling.gateway.CommandGateway;

import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Cycles of hold and confirm, over HTTP and through the command gateway, against the same rows in
 * the same number of commits through plain JDBC.
 */
record CyclesRow() implements Row.OnStage {

    private static final int THREADS = 8;
    private static final int POOL = 10;

    /** What one cycle leaves, by its two commits. */
    private record Rows(Footprint hold, Footprint confirm) {}

    @Override
    public String name() {
        return "cycles";
    }

    @Override
    public String what() {
        return "hold + confirm cycles";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        var rows = rowsOfACycle(stage);
        int port = stage.server().port();
        try (var pool = pool(stage.withPast("floor", 0))) {
            Callable<Result> floor = () -> round(stage, floor(pool, rows));
            var bookings = stage.allBookings();
            var overHttp = bookings.cycles(port);
            var http = Pairs.of(stage.settings().rounds(), floor, () -> round(stage, overHttp));
            Pairs inProcess;
            try (var node = node(stage, stage.live())) {
                var through = gateway(node.bean(CommandGateway.class), stage.tenant(), bookings);
                inProcess = Pairs.of(stage.settings().rounds(), floor, () -> round(stage, through));
            }
            stage.giveBack(bookings);
            return List.of(
                    figure(
                            "over HTTP",
                            http,
                            Map.of(
                                    "rowsOfAHold",
                                    rows.hold().described(),
                                    "rowsOfAConfirm",
                                    rows.confirm().described())),
                    figure("command gateway", inProcess, Map.of()));
        }
    }

    private Figure figure(String how, Pairs pairs, Map<String, ?> more) {
        var ratio = pairs.ratio(Result::perSecond);
        return new Figure(
                name(),
                what() + ", " + how,
                SlotsRows.rate(pairs.measured(Result::perSecond)),
                SlotsRows.rate(pairs.floor(Result::perSecond)),
                ratio,
                Goal.atLeast(ratio, 0.5, 0.8),
                SlotsRows.details(pairs, more),
                "%d threads; p99 of a cycle %s%s"
                        .formatted(
                                THREADS,
                                SlotsRows.time(pairs.measured(Result::p99)),
                                SlotsRows.noteOnSpread(pairs, Result::perSecond)));
    }

    private static Result round(Stage stage, Load.Workers workers) throws Exception {
        return Load.run(THREADS, stage.settings().round(), workers);
    }

    /** Reads off a database without other traffic what a hold and a confirm write. */
    private static Rows rowsOfACycle(Stage stage) throws Exception {
        var database = stage.prepared("one_cycle");
        int port = stage.server("one cycle", database).port();
        var visit = stage.bookingsElsewhere().next();
        try (var connection =
                        DriverManager.getConnection(
                                database.url(), database.user(), database.password());
                var wire = new Wire(port)) {
            var before = Picture.of(connection);
            var id = Bookings.hold(wire, stage.tenant(), visit);
            var held = Picture.of(connection);
            Bookings.confirm(wire, stage.tenant(), id, 0);
            var confirmed = Picture.of(connection);
            return new Rows(Footprint.between(before, held), Footprint.between(held, confirmed));
        } finally {
            stage.close("one cycle");
        }
    }

    private static HikariDataSource pool(TestDatabase database) {
        var config = new HikariConfig();
        // lets the server find out the types of texts, as the rows were read as text
        config.setJdbcUrl(database.url() + "?stringtype=unspecified");
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(POOL);
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    private static Load.Workers floor(HikariDataSource pool, Rows rows) {
        return _ ->
                work(
                        () -> {
                            var keys = new Keys();
                            try (var connection = pool.getConnection()) {
                                rows.hold().again(connection, keys);
                            }
                            try (var connection = pool.getConnection()) {
                                rows.confirm().again(connection, keys);
                            }
                        });
    }

    static Load.Workers gateway(CommandGateway commands, String tenant, Bookings bookings) {
        var of = TenantId.of(tenant);
        return number ->
                work(
                        new Step() {
                            private int person = number * 37;

                            @Override
                            public void once() {
                                var visit = bookings.next();
                                var id =
                                        new ReservationId(
                                                Uuids.timeOrdered(System.currentTimeMillis()));
                                var wish =
                                        new VisitWish(
                                                BranchId.of(visit.branch()),
                                                List.of(
                                                        new ServiceCount(
                                                                ServiceId.of(visit.service()), 1)),
                                                null);
                                commands.sendAndWait(
                                        new Reserve(
                                                of, id, wish, visit.start(), visit.end(), null));
                                commands.sendAndWait(new Confirm(of, id, details(person++)));
                            }
                        });
    }

    private static CustomerDetails details(int person) {
        return new CustomerDetails(
                "person%010d".formatted(person % Bookings.PEOPLE),
                "Ada",
                "Lovelace",
                "ada.lovelace@example.org",
                "+49 30 1234567",
                null,
                List.of(),
                List.of());
    }

    private interface Step {
        void once() throws Exception;
    }

    private static Load.Work work(Step step) {
        return new Load.Work() {
            @Override
            public void once() throws Exception {
                step.once();
            }

            @Override
            public void close() {}
        };
    }

    /** A node in this very process. */
    static TestNode node(Stage stage, TestDatabase database, String... more) {
        var settings = new ArrayList<>(List.of(more));
        settings.add("holdfast.home=" + stage.home());
        settings.add("holdfast.operator-id=" + ServerProcess.OPERATOR);
        settings.add("holdfast.operator-secret=" + ServerProcess.SECRET);
        settings.add("logging.level.root=warn");
        return TestNode.start(Holdfast.class, database, settings.toArray(String[]::new));
    }
}
