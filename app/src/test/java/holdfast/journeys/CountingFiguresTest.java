package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalogue.Catalogues;
import holdfast.catalogue.TenantId;
import holdfast.followers.FollowedTables;
import holdfast.history.PastDemand;
import holdfast.history.PastDemand.Happened;
import holdfast.history.PastLog;
import holdfast.history.PlainFigures;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reports about a random past say what a plain reading of it says, then and now. */
class CountingFiguresTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** Over the day on which clocks are put forward. */
    private static final LocalDate FROM = LocalDate.parse("2025-03-10");

    private static final int DAYS = 28;
    private static final String PERIOD = "from=2025-01-01&to=2025-12-31";
    private static final List<String> GROUPINGS =
            List.of(
                    "day",
                    "week",
                    "month",
                    "hour",
                    "weekday-hour",
                    "branch",
                    "service",
                    "resource",
                    "total");

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller manager;

    private static final List<Happened> EVENTS = new ArrayList<>();
    private static long before;

    @BeforeAll
    static void aPast() throws SQLException {
        node = Nodes.start(DATABASE);
        manager = Caller.operator(node.url()).of("city");
        City.found(node.url(), "city", "PT15M");
        City.found(node.url(), "other", "PT15M");
        var catalogues = node.bean(Catalogues.class);
        var city = catalogues.find(TenantId.of("city")).orElseThrow();
        EVENTS.addAll(PastDemand.of(city, 1, FROM, DAYS, 0.4));
        PastLog.dateBack(DATABASE, FROM.minusDays(65).atStartOfDay().toInstant(ZoneOffset.UTC));
        PastLog.append(
                DATABASE,
                PastDemand.of(
                        catalogues.find(TenantId.of("other")).orElseThrow(), 2, FROM, 3, 0.4));
        before = node.bean(FollowedTables.class).newest();
        PastLog.append(DATABASE, EVENTS);
        // what was read at its true time is read again at the time it was dated back to; the
        // followers are locked first, so that what they wrote meanwhile is seen and deleted
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.createStatement()) {
            var ours = "name in ('reservation-facts', 'offered-minutes')";
            connection.setAutoCommit(false);
            statement.execute("select name from follower where %s for update".formatted(ours));
            statement.execute("update follower set position = 0 where " + ours);
            statement.execute("delete from offered_minutes");
            statement.execute("delete from offered_until");
            statement.execute("delete from reservation_fact");
            connection.commit();
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"funnel", "expiry", "lead-time", "no-show"})
    void a_report_counts_what_happened(String report) {
        var plain = new PlainFigures(EVENTS, ZONE);
        for (var grouping : GROUPINGS) {
            assertThat(figures(ask(report, grouping, "")))
                    .as("by %s", grouping)
                    .isNotEmpty()
                    .isEqualTo(plain.of(report, grouping));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"funnel", "expiry", "lead-time", "no-show"})
    void a_report_counts_what_was_known_then(String report) {
        int known = EVENTS.size() * 2 / 3;
        var then = EVENTS.subList(0, known);
        var plain = new PlainFigures(then, ZONE).of(report, "day");

        assertThat(figures(ask(report, "day", "&asOf=" + (before + known)))).isEqualTo(plain);

        var last = then.getLast().at();
        assertThat(EVENTS.get(known).at()).isAfter(last);
        var instant = URLEncoder.encode(last.toString(), StandardCharsets.UTF_8);
        assertThat(figures(ask(report, "day", "&asOf=" + instant))).isEqualTo(plain);
        assertThat(ask(report, "day", "&asOf=0").path("rows").size()).isZero();
    }

    @Test
    void lead_times_are_counted_by_days_ahead() {
        assertThat(figures(ask("lead-time", "days-ahead", "")))
                .hasSizeGreaterThan(10)
                .isEqualTo(new PlainFigures(EVENTS, ZONE).of("lead-time", "days-ahead"));
    }

    @Test
    void utilisation_is_what_is_booked_of_what_is_offered() {
        var plain = new PlainFigures(EVENTS, ZONE);
        for (var grouping :
                List.of("day", "hour", "weekday-hour", "branch", "service", "resource", "total")) {
            var booked = new TreeMap<String, BigDecimal>();
            for (var row : ask("utilisation", grouping, "").path("rows")) {
                var minutes = row.path("figures").path("bookedMinutes").decimalValue();
                if (minutes.signum() > 0) {
                    booked.put(row.path("key").asString(), minutes.stripTrailingZeros());
                }
            }
            var expected = new TreeMap<String, BigDecimal>();
            plain.bookedMinutes(grouping)
                    .forEach((key, minutes) -> expected.put(key, minutes.stripTrailingZeros()));
            assertThat(booked).as("by %s", grouping).isNotEmpty().isEqualTo(expected);
        }
    }

    @Test
    void what_is_offered_follows_hours_places_and_clocks() {
        var days = rows(ask("utilisation", "day", ""));
        // one desk and seven counters around the clock, an hour less when clocks go forward
        assertThat(row(days, "2025-03-29").path("offeredMinutes").asInt()).isEqualTo(8 * 24 * 60);
        assertThat(row(days, "2025-03-30").path("offeredMinutes").asInt()).isEqualTo(8 * 23 * 60);
        var services = rows(ask("utilisation", "service", "&from=2025-03-12&to=2025-03-12"));
        assertThat(row(services, City.PASSPORT).path("offeredMinutes").asInt()).isEqualTo(24 * 60);
        assertThat(row(services, City.ADVICE).path("offeredMinutes").asInt())
                .isEqualTo(City.COUNTERS * 24 * 60);
        var desk = rows(ask("utilisation", "resource", "&serviceId=passport"));
        assertThat(desk.keySet()).containsExactly("desk-1");
        // nothing was offered before there was a catalogue
        assertThat(days).doesNotContainKey("2025-01-02").containsKey("2025-01-05");
    }

    @Test
    void filters_leave_out_what_is_not_asked_for() {
        var passports =
                EVENTS.stream()
                        .map(Happened::event)
                        .filter(
                                event ->
                                        event instanceof Reserved reserved
                                                && reserved.services()
                                                        .getFirst()
                                                        .service()
                                                        .text()
                                                        .equals(City.PASSPORT))
                        .count();
        var counted = rows(ask("funnel", "branch", "&serviceId=passport&branchId=hall"));
        assertThat(row(counted, "hall").path("held").asLong()).isEqualTo(passports);
        assertThat(ask("funnel", "branch", "&branchId=elsewhere").path("rows").size()).isZero();
    }

    @Test
    void another_tenant_sees_its_own_figures_only() {
        var others = rows(manager.of("other").get(path("funnel", "branch", "")).body());
        var mine = rows(ask("funnel", "branch", ""));
        assertThat(row(others, "hall").path("held").asInt())
                .isPositive()
                .isLessThan(row(mine, "hall").path("held").asInt());
    }

    @Test
    void figures_come_as_csv_too() {
        var csv = manager.text(path("no-show", "month", ""), "text/csv");
        assertThat(csv.lines().findFirst())
                .hasValue("month,appointments,attended,missed,unmarked,missedShare");
        var march = row(rows(ask("no-show", "month", "")), "2025-03");
        assertThat(csv)
                .contains(
                        "2025-03,%s,%s,%s,%s,%s\r\n"
                                .formatted(
                                        march.path("appointments").asInt(),
                                        march.path("attended").asInt(),
                                        march.path("missed").asInt(),
                                        march.path("unmarked").asInt(),
                                        march.path("missedShare").decimalValue()));
    }

    @Test
    void demand_that_found_no_slot_is_counted() {
        var visitor = Caller.anonymous(node.url()).of("city");
        var slot = City.aSlot(visitor, City.PASSPORT, 5);
        City.hold(visitor, City.PASSPORT, slot);
        for (int n = 0; n < 3; n++) {
            var refused = visitor.post("/reservations", City.reserve(City.PASSPORT, slot));
            assertThat(refused.status()).isEqualTo(409);
        }
        for (int n = 0; n < 2; n++) {
            var date = City.inDays(200);
            assertThat(City.slots(visitor, City.ADVICE, date)).isEmpty();
        }
        var period = "from=%s&to=%s".formatted(City.inDays(-1), City.inDays(1));
        var demand = rows(manager.get("/reports/v1/demand?groupBy=service&" + period).body());
        assertThat(row(demand, City.PASSPORT).path("taken").asInt()).isEqualTo(3);
        assertThat(row(demand, City.PASSPORT).path("nothingFree").asInt()).isZero();
        assertThat(row(demand, City.ADVICE).path("nothingFree").asInt()).isEqualTo(2);
    }

    @Test
    void another_catalogue_meets_the_same_demand() {
        var period = "2025-03-17\", \"to\": \"2025-03-23";
        var catalogue = manager.get("/admin/v1/catalogue").body().toString();
        var same = whatIf(period, catalogue);
        assertThat(same.path("demand").asInt()).isGreaterThan(100);
        assertThat(same.path("fitsNow").asInt()).isEqualTo(same.path("demand").asInt());
        assertThat(same.path("fitsThen").asInt()).isEqualTo(same.path("demand").asInt());

        var fewer = whatIf(period, catalogue.replace("\"capacity\":7", "\"capacity\":1"));
        assertThat(fewer.path("fitsNow").asInt()).isEqualTo(same.path("demand").asInt());
        assertThat(fewer.path("fitsThen").asInt())
                .isPositive()
                .isLessThan(same.path("demand").asInt());
        long lost = 0;
        for (var row : fewer.path("rows")) {
            assertThat(row.path("more").asLong())
                    .isEqualTo(row.path("fitsThen").asLong() - row.path("fitsNow").asLong());
            lost -= row.path("more").asLong();
        }
        assertThat(lost).isEqualTo(same.path("demand").asLong() - fewer.path("fitsThen").asLong());
    }

    @Test
    void who_was_refused_would_have_had_a_place_with_another_desk() {
        var visitor = Caller.anonymous(node.url()).of("other");
        var slot = City.aSlot(visitor, City.PASSPORT, 6);
        City.hold(visitor, City.PASSPORT, slot);
        assertThat(visitor.post("/reservations", City.reserve(City.PASSPORT, slot)).status())
                .isEqualTo(409);
        var day = slot.path("timeSlot").path("startTime").asString().substring(0, 10);
        var period = day + "\", \"to\": \"" + day;
        var others = manager.of("other");
        var catalogue = others.get("/admin/v1/catalogue").body().toString();
        var more =
                catalogue.replace(
                        "{\"id\":\"desk-1\",\"name\":\"Schalter 1\",",
                        "{\"id\":\"desk-2\",\"name\":\"Schalter"
                            + " 2\",\"workingHours\":[],\"closures\":[]},{\"id\":\"desk-1\",\"name\":\"Schalter"
                            + " 1\",");
        assertThat(more).isNotEqualTo(catalogue);
        var answer = others.post("/reports/v1/what-if", body(period, more));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        assertThat(answer.body().path("demand").asInt()).isEqualTo(2);
        assertThat(answer.body().path("fitsNow").asInt()).isEqualTo(1);
        assertThat(answer.body().path("fitsThen").asInt()).isEqualTo(2);
    }

    @Test
    void a_faulty_catalogue_or_period_is_refused() {
        var catalogue = manager.get("/admin/v1/catalogue").body().toString();
        var turned =
                manager.post(
                        "/reports/v1/what-if",
                        body("2025-03-23\", \"to\": \"2025-03-17", catalogue));
        assertThat(turned.status()).isEqualTo(400);
        var faulty = catalogue.replace("\"branch\":\"hall\"", "\"branch\":\"nowhere\"");
        var refused =
                manager.post(
                        "/reports/v1/what-if", body("2025-03-17\", \"to\": \"2025-03-23", faulty));
        assertThat(refused.type()).isEqualTo("/problems/catalogue-faulty");
    }

    private static JsonNode whatIf(String period, String catalogue) {
        var answer = manager.post("/reports/v1/what-if", body(period, catalogue));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String body(String period, String catalogue) {
        return "{\"from\": \"%s\", \"catalogue\": %s}".formatted(period, catalogue);
    }

    @Test
    void what_cannot_be_asked_is_a_problem() {
        for (var query :
                List.of(
                        "funnel",
                        "funnel?from=2025-01-02&to=2025-01-01",
                        "funnel?from=2020-01-01&to=2025-01-01",
                        "funnel?groupBy=year&" + PERIOD,
                        "funnel?asOf=yesterday&" + PERIOD,
                        "demand?asOf=1&" + PERIOD,
                        "demand?groupBy=resource&" + PERIOD,
                        "funnel?groupBy=days-ahead&" + PERIOD)) {
            var answer = manager.get("/reports/v1/" + query);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.type()).isEqualTo("/problems/malformed-query");
        }
        assertThat(manager.get("/reports/v1/weather?" + PERIOD).status()).isEqualTo(404);
    }

    @Test
    void the_reporting_role_reads_the_views_and_nothing_else() throws SQLException {
        ask("funnel", "day", ""); // brings the tables up to the log
        try (var connection =
                        DriverManager.getConnection(
                                DATABASE.url(), DATABASE.user(), DATABASE.password());
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var found =
                    statement.executeQuery(
                            """
                            select format('%I.%I', schemaname, tablename) from pg_tables
                            where schemaname = 'public'
                            union all
                            select format('%I.%I', schemaname, viewname) from pg_views
                            where schemaname = 'public'
                            """)) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            var views = new ArrayList<String>();
            try (var found =
                    statement.executeQuery(
                            "select viewname from pg_views where schemaname = 'reporting'")) {
                while (found.next()) {
                    views.add(found.getString(1));
                }
            }
            assertThat(tables).contains("public.reservation", "public.domain_event_entry");
            assertThat(views).contains("funnel", "utilisation", "demand");
            statement.execute("set role holdfast_reporting");
            for (var view : views) {
                try (var rows = statement.executeQuery("select tenant from reporting." + view)) {
                    assertThat(rows.next() || view.equals("demand")).as(view).isTrue();
                }
                assertRefused(statement, "delete from reporting." + view);
                assertRefused(statement, "update reporting." + view + " set tenant = 'mine'");
            }
            for (var table : tables) {
                assertRefused(statement, "select 1 from " + table);
                assertRefused(statement, "delete from " + table);
            }
            assertRefused(statement, "create table public.mine (a int)");
            assertRefused(statement, "create table reporting.mine (a int)");
        }
    }

    @Test
    void the_grafana_dashboard_asks_what_there_is() throws Exception {
        var dashboard =
                JsonMapper.shared()
                        .readTree(Path.of("../docs/grafana/holdfast.json"))
                        .findValuesAsString("rawSql");
        assertThat(dashboard).hasSizeGreaterThan(5);
        ask("funnel", "day", "");
        try (var connection =
                        DriverManager.getConnection(
                                DATABASE.url(), DATABASE.user(), DATABASE.password());
                var statement = connection.createStatement()) {
            statement.execute("set role holdfast_reporting");
            for (var sql : dashboard) {
                var filled =
                        sql.replaceAll(
                                        "\\$__timeFilter\\(([^)]+)\\)",
                                        "$1 between '2025-01-01' and '2025-12-31'")
                                .replace("$tenant", "city")
                                .replace("$branch", "'hall'");
                try (var rows = statement.executeQuery(filled)) {
                    assertThat(rows.next() || sql.contains("reporting.demand")).as(sql).isTrue();
                }
            }
        }
    }

    private static void assertRefused(Statement statement, String sql) {
        assertThatThrownBy(() -> statement.execute(sql))
                .as(sql)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isIn("42501", "55000"));
    }

    private static String path(String report, String grouping, String more) {
        var period = more.contains("from=") ? "" : "&" + PERIOD;
        return "/reports/v1/%s?groupBy=%s%s%s".formatted(report, grouping, more, period);
    }

    private static JsonNode ask(String report, String grouping, String more) {
        var answer = manager.get(path(report, grouping, more));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static JsonNode row(Map<String, JsonNode> rows, String key) {
        return Objects.requireNonNull(rows.get(key), key);
    }

    private static Map<String, JsonNode> rows(JsonNode report) {
        var rows = new TreeMap<String, JsonNode>();
        report.path("rows")
                .forEach(row -> rows.put(row.path("key").asString(), row.path("figures")));
        return rows;
    }

    private static Map<String, Map<String, BigDecimal>> figures(JsonNode report) {
        var all = new TreeMap<String, Map<String, BigDecimal>>();
        rows(report)
                .forEach(
                        (key, figures) -> {
                            var numbers = new TreeMap<String, BigDecimal>();
                            figures.properties()
                                    .forEach(
                                            each ->
                                                    numbers.put(
                                                            each.getKey(),
                                                            each.getValue()
                                                                    .decimalValue()
                                                                    .stripTrailingZeros()));
                            all.put(key, numbers);
                        });
        return all;
    }
}
