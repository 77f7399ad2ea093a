package holdfast.benchmark;

import holdfast.benchmark.Figure.Goal;
import holdfast.benchmark.Load.Result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/** The slots call against constant answers, against itself with writers, and with a long past. */
final class SlotsRows {

    private static final double LARGE_SPREAD = 0.15;

    private SlotsRows() {}

    /** Against a constant body of the same size. */
    record Whole() implements Row.OnStage {

        @Override
        public String name() {
            return "slots";
        }

        @Override
        public String what() {
            return "slots call, 60 days";
        }

        @Override
        public List<Figure> measure(Stage stage) throws Exception {
            int port = stage.server().port();
            var path = stage.slotsOf(stage.branches().getFirst(), port);
            int size = answer(port, path, stage.tenant()).bytes();
            Progress.say("%s: %,d bytes", path, size);
            return against(
                    stage,
                    this,
                    200,
                    Wire.get(path, stage.tenant()),
                    Wire.get(MeasuredServer.FLOOR + size, stage.tenant()),
                    Wire.get(MeasuredServer.BARE_FLOOR + size, stage.tenant()),
                    Map.of("call", path, "bytes", size));
        }
    }

    /** With a tag that still holds, against a constant 304. */
    record Unchanged() implements Row.OnStage {

        @Override
        public String name() {
            return "unchanged";
        }

        @Override
        public String what() {
            return "slots call, If-None-Match";
        }

        @Override
        public List<Figure> measure(Stage stage) throws Exception {
            int port = stage.server().port();
            var path = stage.slotsOf(stage.branches().getFirst(), port);
            var tag = answer(port, path, stage.tenant()).tag();
            return against(
                    stage,
                    this,
                    304,
                    unless(path, stage.tenant(), tag),
                    unless(MeasuredServer.FLOOR + 1000, stage.tenant(), MeasuredServer.TAG),
                    unless(MeasuredServer.BARE_FLOOR + 1000, stage.tenant(), MeasuredServer.TAG),
                    Map.of("call", path));
        }
    }

    /** While bookings change the same branches, against itself without. */
    record WithWriters() implements Row.OnStage {

        private static final int BOOKINGS_PER_SECOND = 200;
        private static final int WRITERS = 16;

        /**
         * With fewer bookings the figure says nothing: the readers had the machine to themselves.
         */
        private static final double ON_SCHEDULE = 0.95;

        @Override
        public String name() {
            return "writes";
        }

        @Override
        public String what() {
            return "slots call during 200 bookings/s";
        }

        @Override
        public List<Figure> measure(Stage stage) throws Exception {
            int port = stage.server().port();
            var settings = stage.settings();
            var longest =
                    settings.round()
                            .plusSeconds(1)
                            .multipliedBy(settings.rounds() + 1)
                            .plus(Pairs.LONGEST_WARM_UP);
            int needed = BOOKINGS_PER_SECOND * (int) longest.toSeconds();
            var written = new ArrayList<String>();
            long room = 0;
            for (var branch : stage.branches()) {
                if (room < needed) {
                    written.add(branch);
                    room += stage.freeAt(branch);
                }
            }
            var bookings = stage.bookings(needed, written);
            var requests = new ArrayList<byte[]>();
            for (var branch : written) {
                requests.add(Wire.get(stage.slotsOf(branch, port), stage.tenant()));
            }
            var reads = Load.calls(port, 200, requests);
            var warming = stage.allBookings();
            Pairs.warmUp(() -> Load.run(WRITERS, settings.round(), warming.cycles(port)));
            stage.giveBack(warming);
            var wrote = new ArrayList<Double>();
            var refused = new AtomicInteger();
            var pairs =
                    Pairs.of(
                            settings.rounds(),
                            () -> Load.run(settings.threads(), settings.round(), reads),
                            () -> {
                                try (var writers =
                                        Writers.start(
                                                port, bookings, BOOKINGS_PER_SECOND, WRITERS)) {
                                    var read =
                                            Load.run(settings.threads(), settings.round(), reads);
                                    wrote.add(writers.perSecond());
                                    refused.addAndGet(writers.refused());
                                    return read;
                                }
                            });
            double perSecond = Pairs.median(wrote.stream().mapToDouble(d -> d).toArray());
            var ratio = pairs.ratio(Result::perSecond);
            var goal = Goal.atLeast(ratio, 0.5, 0.8);
            boolean onSchedule = perSecond >= ON_SCHEDULE * BOOKINGS_PER_SECOND;
            return List.of(
                    new Figure(
                            name(),
                            what(),
                            rate(pairs.measured(Result::perSecond)),
                            rate(pairs.floor(Result::perSecond)),
                            ratio,
                            onSchedule ? goal : goal.missed(),
                            details(
                                    pairs,
                                    Map.of(
                                            "refused",
                                            refused.get(),
                                            "branches",
                                            written.size(),
                                            "bookingsPerSecond",
                                            perSecond)),
                            "%.0f bookings/s%s (%d refused) at %d branches, read in turn%s"
                                    .formatted(
                                            perSecond,
                                            onSchedule ? "" : ", behind the schedule",
                                            refused.get(),
                                            written.size(),
                                            noteOnSpread(pairs, Result::perSecond))));
        }
    }

    /** With many past reservations, against the same with few. */
    record LongPast() implements Row.OnStage {

        private static final int FEW = 1_000;

        @Override
        public String name() {
            return "past";
        }

        @Override
        public String what() {
            return "with a long past";
        }

        @Override
        public List<Figure> measure(Stage stage) throws Exception {
            var settings = stage.settings();
            int few = stage.server("few past", stage.withPast("past_few", FEW)).port();
            int many =
                    stage.server("many past", stage.withPast("past_many", settings.past())).port();
            var figures = new ArrayList<Figure>();
            var path = stage.slotsOf(stage.branches().getFirst(), few);
            var call = List.of(Wire.get(path, stage.tenant()));
            var slots =
                    Pairs.of(
                            settings.rounds(),
                            () ->
                                    Load.run(
                                            settings.threads(),
                                            settings.round(),
                                            Load.calls(few, 200, call)),
                            () ->
                                    Load.run(
                                            settings.threads(),
                                            settings.round(),
                                            Load.calls(many, 200, call)));
            figures.add(times("slots call, %,d past".formatted(settings.past()), slots));
            var withFew = stage.bookingsElsewhere();
            var withMany = stage.bookingsElsewhere();
            var holds =
                    Pairs.of(
                            settings.rounds(),
                            () -> Load.run(1, settings.round(), withFew.holds(few)),
                            () -> Load.run(1, settings.round(), withMany.holds(many)));
            figures.add(times("hold, %,d past".formatted(settings.past()), holds));
            stage.close("few past");
            stage.close("many past");
            return figures;
        }

        private Figure times(String what, Pairs pairs) {
            var ratio = pairs.ratio(Result::p50);
            return new Figure(
                    name(),
                    what,
                    time(pairs.measured(Result::p50)),
                    time(pairs.floor(Result::p50)),
                    ratio,
                    Goal.atMost(ratio, 1.2, 1.0, ""),
                    details(pairs, Map.of()),
                    "median times" + noteOnSpread(pairs, Result::p50));
        }
    }

    private record Answer(int bytes, String tag) {}

    private static Answer answer(int port, String path, String tenant) throws Exception {
        try (var wire = new Wire(port)) {
            Bookings.must(200, wire.exchange(Wire.get(path, tenant)), wire);
            return new Answer(wire.bodyLength(), wire.header("ETag"));
        }
    }

    private static byte[] unless(String path, String tenant, String tag) {
        return Wire.request("GET", path, tenant, "If-None-Match: " + tag + "\r\n", "");
    }

    private static List<Figure> against(
            Stage stage,
            Row row,
            int expected,
            byte[] call,
            byte[] floor,
            byte[] bareFloor,
            Map<String, Object> more)
            throws Exception {
        var settings = stage.settings();
        int port = stage.server().port();
        var bare = new ArrayList<Result>();
        var pairs =
                Pairs.of(
                        settings.rounds(),
                        () -> {
                            bare.add(round(settings, port, expected, bareFloor));
                            return round(settings, port, expected, floor);
                        },
                        () -> round(settings, port, expected, call));
        var barePerSecond =
                Pairs.median(bare.stream().skip(1).mapToDouble(Result::perSecond).toArray());
        var details = new LinkedHashMap<String, Object>(more);
        details.put("bareFloorPerSecond", barePerSecond);
        var rates = pairs.ratio(Result::perSecond);
        var times = 1 / pairs.ratio(Result::p99);
        return List.of(
                new Figure(
                        row.name(),
                        row.what() + ", calls",
                        rate(pairs.measured(Result::perSecond)),
                        rate(pairs.floor(Result::perSecond)),
                        rates,
                        Goal.atLeast(rates, 0.6, 0.9),
                        details(pairs, details),
                        "in front of all filters, a constant answers %s%s"
                                .formatted(
                                        rate(barePerSecond),
                                        noteOnSpread(pairs, Result::perSecond))),
                new Figure(
                        row.name(),
                        row.what() + ", p99",
                        time(pairs.measured(Result::p99)),
                        time(pairs.floor(Result::p99)),
                        times,
                        Goal.atLeast(times, 0.6, 0.9),
                        Map.of(),
                        "floor's time by the call's%s"
                                .formatted(noteOnSpread(pairs, Result::p99))));
    }

    private static Result round(Settings settings, int port, int expected, byte[] request)
            throws Exception {
        return Load.run(
                settings.threads(), settings.round(), Load.calls(port, expected, List.of(request)));
    }

    static Map<String, Object> details(Pairs pairs, Map<String, ?> more) {
        var details = new LinkedHashMap<String, Object>(more);
        details.put("floorRounds", pairs.floors());
        details.put("measuredRounds", pairs.measured());
        return details;
    }

    static String noteOnSpread(Pairs pairs, ToDoubleFunction<Result> of) {
        var spread = pairs.spread(of);
        return spread > LARGE_SPREAD
                ? "; the rounds' ratios lie %.0f %% apart".formatted(spread * 100)
                : "";
    }

    static String rate(double perSecond) {
        return "%,.0f/s".formatted(perSecond);
    }

    static String time(double micros) {
        return micros < 1000 ? "%.0f µs".formatted(micros) : "%.1f ms".formatted(micros / 1000);
    }
}
