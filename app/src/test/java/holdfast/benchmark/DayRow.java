package holdfast.benchmark;

import holdfast.benchmark.Figure.Goal;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** One branch day to slots, in process, by JMH. */
record DayRow() implements Row {

    @Override
    public String name() {
        return "day";
    }

    @Override
    public String what() {
        return "one branch day to slots, in process";
    }

    @Override
    public List<Figure> measure(Settings settings, Callable<Stage> noStage) throws Exception {
        var each = TimeValue.milliseconds(settings.round().toMillis() / 5);
        var options =
                new OptionsBuilder()
                        .include(OneDay.class.getName())
                        .forks(1)
                        .warmupIterations(5)
                        .warmupTime(each)
                        .measurementIterations(settings.rounds())
                        .measurementTime(each)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build();
        var figures = new ArrayList<Figure>();
        for (var run : new Runner(options).run()) {
            double micros = run.getPrimaryResult().getScore();
            double bytes =
                    Objects.requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"))
                            .getScore();
            boolean choosing = Boolean.parseBoolean(run.getParams().getParam("choosing"));
            figures.add(
                    new Figure(
                            name(),
                            what() + (choosing ? ", desks named" : ""),
                            "%.2f µs".formatted(micros),
                            "–",
                            null,
                            Goal.atMost(micros, 20, 3, "µs"),
                            Map.of(
                                    "micros",
                                    micros,
                                    "error",
                                    run.getPrimaryResult().getScoreError(),
                                    "bytesPerCall",
                                    bytes),
                            "%,.0f bytes allocated per list".formatted(bytes)));
        }
        return figures;
    }
}
