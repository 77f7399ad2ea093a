package holdfast.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * Rounds of a floor and of what is measured, in turn, so that what the machine does besides hits
 * both. A ratio is that of one pair; the median of all pairs counts.
 */
record Pairs(List<Load.Result> floors, List<Load.Result> measured) {

    private static final double STILL_WARMING = 1.03;
    static final Duration LONGEST_WARM_UP = Duration.ofMinutes(2);

    static Pairs of(int rounds, Callable<Load.Result> floor, Callable<Load.Result> measured)
            throws Exception {
        warmUp(floor);
        warmUp(measured);
        var floors = new ArrayList<Load.Result>();
        var figures = new ArrayList<Load.Result>();
        for (int i = 0; i < rounds; i++) {
            floors.add(floor.call());
            figures.add(measured.call());
            Progress.dot();
        }
        return new Pairs(floors, figures);
    }

    /** Rounds until one brings next to nothing against the best before it. */
    static void warmUp(Callable<Load.Result> round) throws Exception {
        long begin = System.nanoTime();
        double best = 0;
        for (int worse = 0; worse < 2 && System.nanoTime() - begin < LONGEST_WARM_UP.toNanos(); ) {
            double now = round.call().perSecond();
            worse = now < best * STILL_WARMING ? worse + 1 : 0;
            best = Math.max(best, now);
        }
    }

    double floor(ToDoubleFunction<Load.Result> of) {
        return median(floors.stream().mapToDouble(of).toArray());
    }

    double measured(ToDoubleFunction<Load.Result> of) {
        return median(measured.stream().mapToDouble(of).toArray());
    }

    double ratio(ToDoubleFunction<Load.Result> of) {
        return median(ratios(of));
    }

    /** How far apart the pairs' ratios lie, as a share of their median. */
    double spread(ToDoubleFunction<Load.Result> of) {
        var ratios = ratios(of);
        Arrays.sort(ratios);
        return (ratios[ratios.length - 1] - ratios[0]) / median(ratios);
    }

    private double[] ratios(ToDoubleFunction<Load.Result> of) {
        var ratios = new double[floors.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = of.applyAsDouble(measured.get(i)) / of.applyAsDouble(floors.get(i));
        }
        return ratios;
    }

    static double median(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
