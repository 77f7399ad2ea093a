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
import holdfast.members.Account;
import holdfast.members.Role;
import holdfast.members.StaffAccounts;
import holdfast.pages.Browser;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        assertThat(turned.type()).isEqualTo("/problems/malformed-body");
        assertThat(turned.body().path("errors").findValuesAsString("pointer"))
                .containsExactly("/from");
        var tooLong =
                manager.post(
                        "/reports/v1/what-if",
                        body("2021-03-23\", \"to\": \"2025-03-17", catalogue));
        assertThat(tooLong.type()).isEqualTo("/problems/malformed-body");
        assertThat(tooLong.body().path("errors").findValuesAsString("pointer"))
                .containsExactly("/to");
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

    private static final String SPRING = "from=2025-03-10&to=2025-04-06";

    private static Person aReader(String userName) {
        var password = password(userName);
        var person = new Person(node.url());
        var signIn = "/staff/city/sign-in";
        person.fill(signIn, signIn, Map.of("userName", userName, "password", password));
        return person;
    }

    private static String password(String userName) {
        return node.bean(StaffAccounts.class)
                .add(
                        TenantId.of("city"),
                        new Account(userName, "Ruth Reader"),
                        List.of(Role.REPORTING))
                .password();
    }

    private static String total(String report, String figure, String more) {
        return row(rows(ask(report, "total", more)), "total").path(figure).asString();
    }

    @Test
    void a_page_shows_the_figures_of_a_period() {
        var password = password("ruth");
        try (var browser = Browser.start()) {
            browser.open(node.url() + "/staff/city/sign-in");
            browser.fill("User name", "ruth");
            browser.fill("Password", password);
            browser.click(By.cssSelector("main button"));
            browser.click("Figures");
            browser.reads("There is nothing to count."); // nobody came lately
            browser.isAccessible();

            browser.open(node.url() + "/staff/city/figures?" + SPRING);
            browser.sees("Figures: 10 Mar 2025 – 6 Apr 2025");
            var booked = total("funnel", "confirmed", "&" + SPRING);
            var number = NumberFormat.getIntegerInstance(Locale.UK).format(Long.valueOf(booked));
            assertThat(browser.find(By.cssSelector(".key-figures .card")).getText())
                    .startsWith("Booked\n" + number);
            var mondayAtNine = row(rows(ask("utilisation", "weekday-hour", "&" + SPRING)), "1T09");
            assertThat(browser.find(By.xpath("//tr[th='09–10']/td[1]")).getText())
                    .isEqualTo(
                            mondayAtNine
                                    .path("share")
                                    .decimalValue()
                                    .movePointRight(2)
                                    .setScale(0, RoundingMode.HALF_EVEN)
                                    .toString());
            assertThat(browser.all(By.cssSelector("svg[role=img] rect.bar0")))
                    .hasSizeGreaterThan(28);
            browser.driver()
                    .findElements(By.cssSelector(".chart summary"))
                    .forEach(WebElement::click);
            browser.isAccessible();
            browser.prefers("dark");
            browser.isAccessible();
            browser.resize(390, 844);
            browser.isAccessible();
            assertThat(
                            browser.driver()
                                    .executeScript(
                                            "return document.documentElement.scrollWidth -"
                                                    + " document.documentElement.clientWidth"))
                    .isEqualTo(0L);
            browser.resize(1280, 900);

            new Select(browser.field("Service")).selectByVisibleText("Passport");
            browser.click("Show");
            browser.until(() -> browser.address().contains("service=passport"), "the service");
            var passports = total("funnel", "confirmed", "&serviceId=passport&" + SPRING);
            browser.reads(passports);
            assertThat(passports).isNotEqualTo(booked);
            assertThat(browser.address()).contains("from=2025-03-10", "to=2025-04-06");

            // many days take a while: the page is there at once, and its figures follow
            browser.open(node.url() + "/staff/city/figures?from=2025-01-01&to=2025-12-31");
            browser.reads("Counted at");
            browser.reads("Each column is seven days");
            browser.isAccessible();
        }
    }

    @Test
    void pages_of_figures_need_no_scripts_and_give_what_they_draw_as_csv() {
        var reader = aReader("renate");
        var page = reader.get("/staff/city/figures?branch=hall&service=advice&" + SPRING).body();
        for (var csv :
                List.of(
                        "utilisation.csv?%s&groupBy=weekday-hour%s",
                        "funnel.csv?%s&groupBy=day%s", "lead-time.csv?%s&groupBy=days-ahead%s")) {
            var path =
                    "/staff/city/figures/" + csv.formatted(SPRING, "&branch=hall&service=advice");
            assertThat(page).contains(path.replace("&", "&amp;"));
            var report = path.replaceAll(".*figures/(.*)\\.csv.*", "$1");
            var grouping = path.replaceAll(".*groupBy=([a-z-]+).*", "$1");
            assertThat(reader.get(path).body())
                    .isEqualTo(
                            manager.text(
                                    path(
                                            report,
                                            grouping,
                                            "&branchId=hall&serviceId=advice&" + SPRING),
                                    "text/csv"));
        }
        var year = "/staff/city/figures?from=2024-07-01&to=2025-06-30";
        var long1 = reader.get(year).body();
        assertThat(long1).contains("Count them now").doesNotContain("Booked");
        assertThat(reader.get(year + "&count=now").body()).contains("Booked");
        assertThat(reader.get(year).body()).as("kept for a while").contains("Booked");
    }

    @Test
    void what_a_page_of_figures_cannot_count_is_told() {
        var reader = aReader("rosa");
        var wrong = reader.get("/staff/city/figures?from=yesterday&to=");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("Enter the first day.", "Enter the last day.");
        var turned = reader.get("/staff/city/figures?from=2025-02-01&to=2025-01-01");
        assertThat(turned.body()).contains("The last day must not be before the first.");
        var tooLong = reader.get("/staff/city/figures?from=2023-01-01&to=2025-01-01");
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body()).contains("At most 548 days");
        for (var query : List.of("branch=nowhere", "service=nothing")) {
            assertThat(reader.get("/staff/city/figures?" + query).statusCode())
                    .as(query)
                    .isBetween(400, 499);
        }
        assertThat(reader.get("/staff/city/figures/weather.csv?" + SPRING).statusCode())
                .isEqualTo(404);
        var odd = reader.get("/staff/city/figures/funnel.csv?groupBy=days-ahead&" + SPRING);
        assertThat(odd.statusCode()).isBetween(400, 499);
    }

    @Test
    void a_page_says_what_more_or_fewer_places_would_have_done() {
        var reader = aReader("wilma");
        var form = "/staff/city/figures/what-if";
        assertThat(reader.get(form).body())
                .contains("City hall – Theken (7)")
                .doesNotContain("Would fit");
        var week = form + "?from=2025-03-17&to=2025-03-23&pool=counters&more=";
        var fewer =
                whatIf(
                        "2025-03-17\", \"to\": \"2025-03-23",
                        manager.get("/admin/v1/catalogue")
                                .body()
                                .toString()
                                .replace("\"capacity\":7", "\"capacity\":1"));
        long lost = fewer.path("fitsNow").asLong() - fewer.path("fitsThen").asLong();
        assertThat(lost).isPositive();
        assertThat(reader.get(week + "-6").body()).contains(">−" + lost + "<");
        assertThat(reader.get(week + "1").body()).contains("Nowhere: as many visits");
        assertThat(reader.get(week + "0").statusCode()).isEqualTo(400);
        assertThat(reader.get(week + "-7").body()).contains("At least one place must be left.");
        assertThat(reader.get(week.replace("counters", "nothing") + "1").statusCode())
                .isEqualTo(404);
        assertThat(manager.get("/admin/v1/catalogue").body().toString()).contains("\"capacity\":7");
    }

    @Test
    void bookings_of_today_come_in_live() {
        var password = password("livia");
        var visitor = Caller.anonymous(node.url()).of("city");
        try (var browser = Browser.start()) {
            browser.open(node.url() + "/staff/city/sign-in?continue=/staff/city/figures/live");
            browser.fill("User name", "livia");
            browser.fill("Password", password);
            browser.click(By.cssSelector("main button"));
            browser.sees("Today, live");
            browser.isAccessible();
            var slot = City.aSlot(visitor, City.TALK, 8);
            City.appointment(visitor, City.TALK, slot, "live1234567");
            browser.reads("Talk"); // by itself
            browser.isAccessible();
            assertThat(browser.text()).doesNotContain("Lovelace");
            browser.click("Pause");
            browser.reads("Paused.");
            assertThat(browser.has(By.cssSelector("[hx-trigger]"))).isFalse();

            browser.open(
                    node.url()
                            + "/staff/city/figures/what-if?pool=counters&more=-6&from=2025-03-17&to=2025-03-23");
            browser.reads("Where something changes");
            browser.isAccessible();
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
