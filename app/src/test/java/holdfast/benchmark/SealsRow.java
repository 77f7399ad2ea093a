package holdfast.benchmark;

import holdfast.benchmark.Figure.Goal;
import holdfast.benchmark.Load.Result;
import holdfast.followers.FollowedTables;
import holdfast.testing.TestNode;

import org.axonframework.commandhandling.gateway.CommandGateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Cycles of hold and confirm while the log is sealed, against the same without seals. A round ends
 * when all that follows the log has caught up, so nothing is put off into the other's round.
 */
record SealsRow() implements Row.OnStage {

    private static final int THREADS = 8;

    @Override
    public String name() {
        return "seals";
    }

    @Override
    public String what() {
        return "hold + confirm cycles, sealed";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        try (var without =
                        CyclesRow.node(stage, stage.prepared("unsealed"), "holdfast.seals=false");
                var with = CyclesRow.node(stage, stage.prepared("sealed"))) {
            // on databases of their own, so that nobody else's are used up
            var bookings = stage.bookingsElsewhere();
            var sameBookings = stage.bookingsElsewhere();
            var pairs =
                    Pairs.of(
                            stage.settings().rounds(),
                            () -> round(stage, without, bookings),
                            () -> round(stage, with, sameBookings));
            double ratio = pairs.ratio(Result::perSecond);
            return List.of(
                    new Figure(
                            name(),
                            what(),
                            SlotsRows.rate(pairs.measured(Result::perSecond)),
                            SlotsRows.rate(pairs.floor(Result::perSecond)),
                            ratio,
                            Goal.atLeast(ratio, 0.95, 1),
                            SlotsRows.details(pairs, Map.of()),
                            "%d threads, through the command gateway%s"
                                    .formatted(
                                            THREADS,
                                            SlotsRows.noteOnSpread(pairs, Result::perSecond))));
        }
    }

    private static Result round(Stage stage, TestNode node, Bookings bookings) throws Exception {
        var commands = node.bean(CommandGateway.class);
        var work = CyclesRow.gateway(commands, stage.tenant(), bookings);
        Duration during = stage.settings().round();
        long begin = System.nanoTime();
        var result = Load.run(THREADS, during, work);
        catchUp(node.bean(FollowedTables.class));
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Result(result.calls(), result.calls() / seconds, result.p50(), result.p99());
    }

    private static void catchUp(FollowedTables tables) {
        long newest = tables.newest();
        for (var name : tables.names()) {
            while (tables.catchUp(name) < newest) {
                Thread.onSpinWait();
            }
        }
    }
}
