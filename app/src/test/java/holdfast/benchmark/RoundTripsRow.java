package holdfast.benchmark;

import holdfast.benchmark.CountingProxy.Transaction;
import holdfast.benchmark.Figure.Goal;
import holdfast.testing.TestDatabase;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * How often a call waits for PostgreSQL, counted on the wire.
 *
 * <p>What the readers of the log and the pool say besides is told apart by listening first while
 * another node books: whatever this one says then, no call of its own caused. The announcement of
 * commits is left out too: it has a connection of its own, and no caller waits for it.
 */
record RoundTripsRow() implements Row.OnStage {

    private static final int CALLS = 50;
    private static final Duration LISTENED = Duration.ofSeconds(3);

    /** After an answer, until what the commit caused elsewhere in the application is over. */
    private static final Duration AFTERWARDS = Duration.ofMillis(100);

    private static final String ANNOUNCEMENT = "select pg_notify";

    @Override
    public String name() {
        return "trips";
    }

    @Override
    public String what() {
        return "SQL round trips";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        var live = stage.live();
        int server = URI.create(live.url().substring("jdbc:".length())).getPort();
        int other = stage.server().port();
        var bookings = stage.bookings(1_000);
        try (var proxy = CountingProxy.before(server)) {
            var url = live.url().replace(":" + server + "/", ":" + proxy.port() + "/");
            var through = new TestDatabase(url, live.user(), live.password());
            try (var node = CyclesRow.node(stage, through);
                    var wire = new Wire(URI.create(node.url()).getPort());
                    var elsewhere = new Wire(other)) {
                warmUp(wire, bookings);
                var background = background(proxy, elsewhere, bookings);
                var path = stage.slotsOf(stage.branches().getFirst(), other);
                var figures = new ArrayList<Figure>();
                var held = new ArrayList<String>();
                figures.add(
                        count(
                                "hold",
                                3,
                                proxy,
                                background,
                                () ->
                                        held.add(
                                                Bookings.hold(
                                                        wire, stage.tenant(), bookings.next()))));
                figures.add(
                        count(
                                "confirm",
                                4,
                                proxy,
                                background,
                                () -> {
                                    Bookings.confirm(
                                            wire, stage.tenant(), held.removeLast(), held.size());
                                    return true;
                                }));
                figures.add(
                        count(
                                "slots call",
                                0,
                                proxy,
                                background,
                                () -> wire.exchange(Wire.get(path, stage.tenant()))));
                return figures;
            }
        }
    }

    /** Until the driver has prepared its statements on the server. */
    private static void warmUp(Wire wire, Bookings bookings) throws Exception {
        for (int i = 0; i < CALLS; i++) {
            bookings.cycle(wire, i);
        }
    }

    private static Set<String> background(CountingProxy proxy, Wire elsewhere, Bookings bookings)
            throws Exception {
        Thread.sleep(AFTERWARDS);
        proxy.take();
        long end = System.nanoTime() + LISTENED.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            bookings.cycle(elsewhere, i);
            Thread.sleep(20);
        }
        var statements = new HashSet<String>();
        proxy.take().forEach(transaction -> statements.addAll(transaction.statements()));
        return statements;
    }

    private Figure count(
            String call, int aim, CountingProxy proxy, Set<String> background, Callable<?> action)
            throws Exception {
        long trips = 0;
        List<List<String>> example = List.of();
        for (int i = 0; i < CALLS; i++) {
            proxy.take();
            action.call();
            Thread.sleep(AFTERWARDS);
            example =
                    proxy.take().stream()
                            .filter(transaction -> isOfTheCall(transaction, background))
                            .flatMap(transaction -> transaction.trips().stream())
                            .toList();
            trips += example.size();
        }
        double each = (double) trips / CALLS;
        return new Figure(
                name(),
                what() + " per " + call,
                "%.2f".formatted(each),
                "–",
                null,
                Goal.stated(each, aim),
                Map.of("perCall", each, "trips", example),
                "");
    }

    private static boolean isOfTheCall(Transaction transaction, Set<String> background) {
        return transaction.statements().stream()
                .anyMatch(sql -> !background.contains(sql) && !sql.startsWith(ANNOUNCEMENT));
    }
}
