package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.catalogue.Catalogues;
import holdfast.catalogue.TenantId;
import holdfast.followers.FollowedTables;
import holdfast.history.PastDemand;
import holdfast.history.PastLog;
import holdfast.reservation.Progress;
import holdfast.reservation.Rebuild;
import holdfast.reservation.Verification;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Makes a year of demand for a catalogue, and measures what auditors ask, reports, replays and
 * what-if on it. {@code docs/testing.md} says how it is started; the usual build leaves it out.
 */
class MeasuringAYearOfDemand {

    private static final LocalDate FROM = LocalDate.parse("2025-01-01");
    private static final int DAYS = 365;
    private static final int ROUNDS = 5;

    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void a_year_of_demand_is_made_and_measured() throws Exception {
        var catalogue = Path.of(System.getProperty("holdfast.year", ""));
        var document = (ObjectNode) JsonMapper.shared().readTree(Files.readString(catalogue));
        write(
                database,
                document,
                Double.parseDouble(System.getProperty("holdfast.fullness", "0.4")),
                Long.getLong("holdfast.seed", 1));
        try (var node = Nodes.start(database)) {
            measure(node, document);
        }
    }

    private static void write(
            TestDatabase database, ObjectNode document, double fullness, long seed)
            throws Exception {
        var tenant = document.path("tenant").path("id").asString();
        List<PastDemand.Happened> events;
        try (var node = Nodes.start(database)) {
            var operator = Caller.operator(node.url()).of(tenant);
            operator.post("/admin/v1/tenants", document.path("tenant").toString());
            var applied = operator.put("/admin/v1/catalogue", document.toString());
            if (applied.status() != 200) {
                throw new IllegalStateException(applied.body().toString());
            }
            var catalogue = node.bean(Catalogues.class).find(TenantId.of(tenant)).orElseThrow();
            events = timed("made up", () -> PastDemand.of(catalogue, seed, FROM, DAYS, fullness));
        }
        say("events", events.size());
        say("reservations", events.stream().map(e -> e.event().reservation()).distinct().count());
        PastLog.dateBack(database, FROM.minusDays(65).atStartOfDay().toInstant(ZoneOffset.UTC));
        timed(
                "written",
                () -> {
                    PastLog.append(database, events);
                    return events;
                });
        database.sql()
                .sql(
                        """
                        truncate follower, reservation_fact, branch_zone, offered_minutes,
                            offered_until, claim_history, catalogue_change, log_mark, tenant_event,
                            seal_tree, seal_leaf, seal_node, seal_head
                        """)
                .update();
        timed("replay", () -> Rebuild.of(database.dataSource(), false).run(Progress.UNHEARD));
        var verified =
                timed(
                        "verify",
                        () ->
                                Verification.of(database.dataSource(), Duration.ofDays(1))
                                        .run(Progress.UNHEARD));
        assertThat(verified.named()).isEmpty();
        database.sql().sql("vacuum analyze domain_event_entry").update();
    }

    private void measure(TestNode node, ObjectNode document) throws Exception {
        var tenant = document.path("tenant").path("id").asString();
        var operator = Caller.operator(node.url()).of(tenant);
        var followed = node.bean(FollowedTables.class);
        var audit = new AuditOfAYear(database, node, operator, tenant, MeasuringAYearOfDemand::say);
        audit.follow();
        audit.measure(document);
        var year = "&from=%s&to=%s".formatted(FROM, FROM.plusDays(DAYS - 1));
        for (var report :
                List.of("funnel", "lead-time", "expiry", "no-show", "utilisation", "demand")) {
            for (var grouping : List.of("month", "branch", "hour")) {
                report(operator, report, grouping, year);
            }
        }
        report(operator, "funnel", "month", year + "&asOf=" + followed.newest() / 2);
        report(operator, "utilisation", "day", "&from=2025-06-02&to=2025-06-08");
        for (var name : List.of("reservation-facts", "offered-minutes", "register")) {
            operator.post("/admin/v1/projections/" + name + "/replay", "");
            var path = "/admin/v1/projections/" + name + "/replay";
            var replay =
                    await().atMost(Duration.ofMinutes(30))
                            .until(
                                    () -> operator.get(path).body(),
                                    now -> !now.path("state").asString().equals("RUNNING"));
            say("replay", replay);
        }
        for (var to : List.of("2025-06-07", "2025-06-30", "2025-12-31")) {
            var from = to.startsWith("2025-12") ? "2025-01-01" : "2025-06-01";
            var body =
                    "{\"from\": \"%s\", \"to\": \"%s\", \"catalogue\": %s}"
                            .formatted(from, to, document);
            var answer =
                    timed(
                            "what-if " + from + " to " + to,
                            () -> operator.post("/reports/v1/what-if", body));
            say("demand", answer.status() + " " + answer.body().path("demand"));
            say("fits", answer.body().path("fitsNow") + " " + answer.body().path("fitsThen"));
        }
    }

    private static void report(Caller caller, String report, String grouping, String more) {
        var millis = new ArrayList<Long>();
        for (int n = 0; n < ROUNDS; n++) {
            long begin = System.nanoTime();
            var answer = caller.get("/reports/v1/" + report + "?groupBy=" + grouping + more);
            millis.add((System.nanoTime() - begin) / 1_000_000);
            if (answer.status() != 200 && n == 0) {
                say(report, answer.body());
            }
        }
        Collections.sort(millis);
        say(
                report + " by " + grouping + (more.contains("asOf") ? " as of" : ""),
                "%d ms (%d to %d)"
                        .formatted(millis.get(ROUNDS / 2), millis.getFirst(), millis.getLast()));
    }

    private static <T> T timed(String what, Callable<T> work) throws Exception {
        long begin = System.nanoTime();
        var result = work.call();
        say(what, "%.1f s".formatted((System.nanoTime() - begin) / 1e9));
        return result;
    }

    private static void say(String what, Object result) {
        System.out.println(what + ": " + result);
    }
}
