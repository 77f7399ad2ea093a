package holdfast.benchmark;

import holdfast.benchmark.Figure.Goal;

import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** From a 201 on one node until the other node's list of that day is another one. */
record LagRow() implements Row.OnStage {

    private static final int HOLDS = 300;
    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    @Override
    public String name() {
        return "lag";
    }

    @Override
    public String what() {
        return "201 to slot gone on the other node";
    }

    @Override
    public List<Figure> measure(Stage stage) throws Exception {
        int here = stage.server().port();
        int there = stage.server("other node", stage.live()).port();
        var nanos = new Histogram(LONGEST, 3);
        try (var holding = new Wire(here);
                var looking = new Wire(there)) {
            var bookings = stage.bookings(HOLDS + HOLDS / 10);
            for (int i = 0; i < HOLDS / 10; i++) {
                lag(stage.tenant(), holding, looking, bookings); // to warm up
            }
            for (int i = 0; i < HOLDS; i++) {
                nanos.recordValue(lag(stage.tenant(), holding, looking, bookings));
            }
        } finally {
            stage.close("other node");
        }
        double p50 = nanos.getValueAtPercentile(50) / 1e3;
        double p99 = nanos.getValueAtPercentile(99) / 1e3;
        return List.of(
                new Figure(
                        name(),
                        what() + ", p99",
                        SlotsRows.time(p99),
                        "–",
                        null,
                        Goal.atMost(p99 / 1e3, 250, 30, "ms"),
                        Map.of("p50Micros", p50, "p99Micros", p99, "holds", HOLDS),
                        "p50 %s, of %d holds".formatted(SlotsRows.time(p50), HOLDS)));
    }

    private static long lag(String tenant, Wire holding, Wire looking, Bookings bookings)
            throws Exception {
        var visit = bookings.next();
        var day = visit.start().atZone(visit.zone()).toLocalDate();
        var path = Plan.slotsPath(visit.service(), visit.branch()) + "&from=" + day + "&to=" + day;
        Bookings.must(200, looking.exchange(Wire.get(path, tenant)), looking);
        var unless = "If-None-Match: " + looking.header("ETag") + "\r\n";
        var look = Wire.request("GET", path, tenant, unless, "");
        Bookings.hold(holding, tenant, visit);
        long held = System.nanoTime();
        int status = looking.exchange(look);
        while (status == 304 && System.nanoTime() - held < LONGEST) {
            status = looking.exchange(look);
        }
        long lag = System.nanoTime() - held;
        Bookings.must(200, status, looking);
        return lag;
    }
}
