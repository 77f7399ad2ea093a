package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.QUESTION;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.appointment;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.inDays;
import static holdfast.journeys.City.into;
import static holdfast.journeys.City.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.EraseCustomer;
import holdfast.members.Account;
import holdfast.members.Role;
import holdfast.members.StaffAccounts;
import holdfast.pages.Browser;
import holdfast.security.OauthClients;
import holdfast.security.Scope;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What an auditor sees of what has happened. */
class LookingBackTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    /** Long enough that no hold ends while a test looks at it. */
    private static final String HOLD = "PT10H";

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = Nodes.start(DATABASE, "holdfast.live-feeds=2");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Caller auditor(String tenant, Scope... scopes) {
        return Caller.client(
                node.url(),
                node.bean(OauthClients.class)
                        .register(TenantId.of(tenant), "auditor-of-" + tenant, Set.of(scopes))
                        .orElseThrow(),
                tenant);
    }

    private static long newest() {
        return DATABASE.sql()
                .sql("select max(global_index) from domain_event_entry")
                .query(Long.class)
                .single();
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode array, String pointer) {
        return elements(array).stream().map(each -> each.at(pointer).asString()).toList();
    }

    @Test
    void a_history_tells_each_event_and_the_state_after_it() {
        var visitor = City.found(node.url(), "historic", HOLD);
        var id = appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 3), "historicone");
        var hold = hold(visitor, ADVICE, aSlot(visitor, ADVICE, 5));
        visitor.put("/appointments/" + id, into(hold));
        visitor.delete("/appointments/" + id + "?reason=Rain");

        var auditor = auditor("historic", Scope.AUDITOR);
        var told = auditor.get("/audit/v1/reservations/%s/history".formatted(id));

        assertThat(told.status()).as("%s", told.body()).isEqualTo(200);
        assertThat(told.header("Cache-Control")).isEqualTo("no-store");
        var events = told.body().path("events");
        assertThat(texts(events, "/event/name"))
                .containsExactly(
                        "reservation.Reserved",
                        "reservation.Confirmed",
                        "reservation.Rescheduled",
                        "reservation.Cancelled");
        assertThat(texts(events, "/state/status"))
                .containsExactly("RESERVED", "CONFIRMED", "CONFIRMED", "CANCELLED");
        assertThat(texts(events, "/event/sequence")).containsExactly("0", "1", "2", "3");
        assertThat(texts(events, "/event/actor")).containsOnly("anonymous");
        assertThat(texts(events, "/event/requestId")).doesNotContain("");
        assertThat(events.at("/2/state/timeSlot"))
                .isEqualTo(visitor.get("/reservations/" + hold).body().path("timeSlot"));
        var ofHold = auditor.get("/audit/v1/reservations/%s/history".formatted(hold)).body();
        assertThat(ofHold.at("/events/1/state/status").asString()).isEqualTo("RELEASED");
    }

    @Test
    void a_person_is_readable_with_a_scope_of_its_own_and_erased_once_the_key_is_gone() {
        var visitor = City.found(node.url(), "discreet", HOLD);
        var id = appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 3), "discreetone");
        var path = "/audit/v1/reservations/%s/history".formatted(id);
        var state = "/audit/v1/reservations/" + id;
        var auditor = auditor("discreet", Scope.AUDITOR);
        var trusted =
                Caller.client(
                        node.url(),
                        node.bean(OauthClients.class)
                                .register(
                                        TenantId.of("discreet"),
                                        "trusted",
                                        Set.of(Scope.AUDITOR, Scope.AUDIT_PERSONAL))
                                .orElseThrow(),
                        "discreet");
        var details = "/events/1/event/payload/details";

        assertThat(auditor.get(path).body().at(details).asString()).isEqualTo("sealed");
        assertThat(auditor.get(state).body().at("/state/details").asString()).isEqualTo("sealed");
        assertThat(trusted.get(path).body().at(details + "/customer/firstName").asString())
                .isEqualTo("Ada");
        assertThat(trusted.get(state).body().at("/state/details/customer/firstName").asString())
                .isEqualTo("Ada");

        var customer = trusted.get(state).body().at("/state/customerId").asString();
        node.bean(CommandGateway.class)
                .sendAndWait(new EraseCustomer(TenantId.of("discreet"), CustomerId.of(customer)));

        assertThat(trusted.get(path).body().at(details).asString()).isEqualTo("erased");
        assertThat(trusted.get(state).body().at("/state/details").asString()).isEqualTo("erased");
        assertThat(auditor.get(path).body().at(details).asString()).isEqualTo("sealed");
    }

    @Test
    void a_hold_past_its_end_reads_expired_though_nobody_recorded_it_by_then() {
        var visitor = City.found(node.url(), "fleeting", "PT1S");
        var auditor = auditor("fleeting", Scope.AUDITOR);
        var id = hold(visitor, ADVICE, aSlot(visitor, ADVICE, 3));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Nodes.history(DATABASE, id).contains("reservation.Expired"));
        var path = "/audit/v1/reservations/" + id;
        var events = auditor.get(path + "/history").body().path("events");
        var reserved = events.at("/0/event/position").asString();
        var recorded = events.at("/0/event/recordedAt").asString();
        var expired =
                OffsetDateTime.parse(events.at("/1/event/payload/expiredAt").asString())
                        .toInstant();

        assertThat(status(auditor, path, reserved)).isEqualTo("RESERVED");
        assertThat(status(auditor, path, recorded)).isEqualTo("RESERVED");
        assertThat(status(auditor, path, expired.minusNanos(1_000).toString()))
                .isEqualTo("RESERVED");
        assertThat(status(auditor, path, expired.toString())).isEqualTo("EXPIRED");
        assertThat(auditor.get(path + "?asOf=" + before(recorded)).status()).isEqualTo(404);
    }

    private static String before(String instant) {
        return OffsetDateTime.parse(instant).minusNanos(1_000).toInstant().toString();
    }

    private static String status(Caller auditor, String path, String asOf) {
        var answer = auditor.get(path + "?asOf=" + asOf);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body().at("/state/status").asString();
    }

    /** The lists at a moment, as callers saw them. */
    private record Seen(long position, List<JsonNode> lists) {}

    private static final List<String> ASKED = List.of(PASSPORT, ADVICE, QUESTION);

    @Test
    void the_list_of_any_moment_is_what_was_shown_then_and_every_start_is_explained() {
        var visitor = City.found(node.url(), "changing", HOLD);
        var operator = Caller.operator(node.url()).of("changing");
        var auditor = auditor("changing", Scope.AUDITOR);
        var day = inDays(4);
        var random = new Random(11);
        var open = new ArrayList<String>();
        var booked = new ArrayList<String>();
        var seen = new ArrayList<Seen>();
        for (int step = 0; step < 40; step++) {
            change(step, visitor, operator, random, day, open, booked);
            seen.add(
                    new Seen(
                            newest(),
                            ASKED.stream()
                                    .map(service -> visitor.get(list(service, day)).body())
                                    .toList()));
        }
        assertThat(seen.stream().map(Seen::lists).distinct()).hasSizeGreaterThan(25);

        for (var then : seen) {
            for (int s = 0; s < ASKED.size(); s++) {
                assertThat(past(auditor, ASKED.get(s), day, then.position()))
                        .as("%s as of %d", ASKED.get(s), then.position())
                        .isEqualTo(then.lists().get(s));
            }
        }
        assertThat(auditor.get(pastList(PASSPORT, day)).body())
                .isEqualTo(seen.getLast().lists().getFirst());
        for (int moment = 3; moment < seen.size(); moment += 9) {
            explained(auditor, seen.get(moment), random, day);
        }
    }

    private static void change(
            int step,
            Caller visitor,
            Caller operator,
            Random random,
            LocalDate day,
            List<String> open,
            List<String> booked) {
        switch (step % 10) {
            case 3 -> {
                if (!open.isEmpty()) {
                    visitor.delete("/reservations/" + open.removeLast());
                }
            }
            case 5 -> {
                if (!booked.isEmpty()) {
                    visitor.delete("/appointments/" + booked.removeFirst());
                }
            }
            case 7 -> {
                if (!open.isEmpty() && !booked.isEmpty()) {
                    visitor.put("/appointments/" + booked.getFirst(), into(open.removeLast()));
                }
            }
            case 8 ->
                    assertThat(
                                    operator.put(
                                                    "/admin/v1/catalogue",
                                                    closedAt(8 + step / 10, day))
                                            .status())
                            .isEqualTo(200);
            default -> {
                var service = ASKED.get(random.nextInt(ASKED.size()));
                var free = slots(visitor, service, day);
                var id = hold(visitor, service, free.get(random.nextInt(10)));
                if (random.nextBoolean()) {
                    visitor.put(
                            "/reservations/" + id,
                            City.person("changingperson%d".formatted(step), "A"));
                    booked.add(id);
                } else {
                    open.add(id);
                }
            }
        }
    }

    /** The hall is closed for an hour, and has a counter less. */
    private static String closedAt(int hour, LocalDate day) {
        return City.catalogue("changing", HOLD)
                .replace(
                        "\"booking\": {",
                        """
                        "closures": [{"from": "%1$sT%2$02d:00:00Z", "to": "%1$sT%3$02d:00:00Z",
                                      "reason": "Works"}],
                        "booking": {\
                        """
                                .formatted(day, hour, hour + 1))
                .replace("\"capacity\": 7", "\"capacity\": " + (16 - hour));
    }

    private static String list(String service, LocalDate day) {
        return "/services/%s/timeslots?branchId=hall&from=%s&to=%s".formatted(service, day, day);
    }

    private static String pastList(String service, LocalDate day) {
        return "/audit/v1/timeslots?serviceId=%s&branchId=hall&from=%s&to=%s"
                .formatted(service, day, day);
    }

    private static JsonNode past(Caller auditor, String service, LocalDate day, long position) {
        return auditor.get(pastList(service, day) + "&asOf=" + position).body();
    }

    private static void explained(Caller auditor, Seen then, Random random, LocalDate day) {
        for (int s = 0; s < ASKED.size(); s++) {
            var offered = texts(then.lists().get(s), "/timeSlot/startTime");
            for (int n = 0; n < 25; n++) {
                var start =
                        OffsetDateTime.parse(offered.getFirst())
                                .toLocalDate()
                                .atStartOfDay(ZoneId.of("Europe/Berlin"))
                                .plusMinutes(10L * random.nextInt(144))
                                .toOffsetDateTime();
                var why =
                        auditor.get(explain(ASKED.get(s), start) + "&asOf=" + then.position())
                                .body();
                boolean isListed =
                        offered.stream()
                                .anyMatch(
                                        each ->
                                                OffsetDateTime.parse(each)
                                                        .toInstant()
                                                        .equals(start.toInstant()));
                assertThat(why.path("offered").asBoolean())
                        .as("%s at %s: %s", ASKED.get(s), start, why)
                        .isEqualTo(isListed);
                assertThat(why.path("reasons").isEmpty()).isEqualTo(isListed);
                for (var reason : why.path("reasons")) {
                    assertThat(reason.path("events").isEmpty()).as("%s", reason).isFalse();
                }
            }
        }
    }

    private static String explain(String service, OffsetDateTime start) {
        return "/audit/v1/explain?serviceId=%s&branchId=hall&startTime=%s"
                .formatted(service, start.toInstant());
    }

    @Test
    void a_reason_names_the_events_behind_it() {
        var visitor = City.found(node.url(), "reasons", HOLD);
        var operator = Caller.operator(node.url()).of("reasons");
        var auditor = auditor("reasons", Scope.AUDITOR);
        var slot = aSlot(visitor, PASSPORT, 4);
        var start = OffsetDateTime.parse(slot.at("/timeSlot/startTime").asString());
        var day = start.toLocalDate();
        long before = newest();
        var closed =
                City.catalogue("reasons", HOLD)
                        .replace(
                                "\"booking\": {",
                                """
                                "closures": [{"from": "%sT00:00:00Z", "to": "%sT23:00:00Z",
                                              "reason": "Works"}],
                                "booking": {\
                                """
                                        .formatted(day.minusDays(1), day.plusDays(1)));
        var id = hold(visitor, PASSPORT, slot);
        operator.put("/admin/v1/catalogue", closed);
        long closing = newest();
        // another definition that says the same about closures
        operator.put("/admin/v1/catalogue", closed.replace("City hall", "Town hall"));

        var why = auditor.get(explain(PASSPORT, start)).body();

        assertThat(texts(why.path("reasons"), "/type"))
                .containsExactly("/problems/within-closure", "/problems/slot-taken");
        assertThat(why.at("/reasons/0/events").size()).isEqualTo(1);
        assertThat(why.at("/reasons/0/events/0/name").asString())
                .isEqualTo("catalogue.BranchDefined");
        assertThat(why.at("/reasons/0/events/0/position").asLong())
                .isGreaterThan(before)
                .isLessThanOrEqualTo(closing);
        assertThat(why.at("/reasons/1/reservations/0").asString()).isEqualTo(id);
        assertThat(why.at("/reasons/1/events/0/name").asString()).isEqualTo("reservation.Reserved");
        assertThat(why.at("/reasons/1/events/0/stream").asString()).isEqualTo(id);
        // and at the moment before all that, there was none
        assertThat(
                        auditor.get(explain(PASSPORT, start) + "&asOf=" + before)
                                .body()
                                .path("offered")
                                .asBoolean())
                .isTrue();
    }

    @Test
    void moments_that_cannot_be_are_refused_and_other_tenants_stay_unknown() {
        var visitor = City.found(node.url(), "bounded", HOLD);
        var id = hold(visitor, ADVICE, aSlot(visitor, ADVICE, 3));
        var auditor = auditor("bounded", Scope.AUDITOR);
        var state = "/audit/v1/reservations/" + id;

        assertThat(auditor.get(state + "?asOf=9999999999").type())
                .isEqualTo("/problems/moment-not-reached");
        assertThat(auditor.get(state + "?asOf=9000-01-01T00:00:00Z").type())
                .isEqualTo("/problems/moment-not-reached");
        assertThat(auditor.get(state + "?asOf=yesterday").type())
                .isEqualTo("/problems/malformed-query");
        assertThat(auditor.get(state + "?asOf=-1").type()).isEqualTo("/problems/malformed-query");
        assertThat(auditor.get(pastList(ADVICE, inDays(3)) + "&asOf=0").type())
                .isEqualTo("/problems/tenant-not-yet-there");
        assertThat(auditor.get(pastList(ADVICE, inDays(3)) + "&asOf=1970-01-01T00:00:00Z").type())
                .isEqualTo("/problems/tenant-not-yet-there");
        assertThat(auditor.get("/audit/v1/timeslots?serviceId=none&branchId=hall").type())
                .isEqualTo("/problems/unknown-reference");

        City.found(node.url(), "curious", HOLD);
        var curious = auditor("curious", Scope.AUDITOR);
        assertThat(curious.get(state).type()).isEqualTo("/problems/reservation-unknown");
        assertThat(curious.get(state + "/history").type())
                .isEqualTo("/problems/reservation-unknown");
    }

    @Test
    void a_page_of_events_leads_to_the_next_and_has_nobody_elses() {
        var visitor = City.found(node.url(), "paged", HOLD);
        City.found(node.url(), "beside", HOLD);
        for (int n = 0; n < 5; n++) {
            hold(visitor, ADVICE, aSlot(visitor, ADVICE, 3));
        }
        var auditor = auditor("paged", Scope.AUDITOR);
        var read = new ArrayList<JsonNode>();
        var next = "/audit/v1/events?limit=3";
        while (!next.isEmpty()) {
            var page = auditor.get(next);
            assertThat(page.status()).isEqualTo(200);
            read.addAll(elements(page.body()));
            next = page.header("Link").replaceFirst("<(.*)>; rel=\"next\"", "$1");
        }

        var positions = read.stream().map(event -> event.path("position").asLong()).toList();
        assertThat(positions)
                .isEqualTo(
                        DATABASE.sql()
                                .sql(
                                        """
                                        select position from event_log
                                        where payload ->> 'tenant' = 'paged' order by position
                                        """)
                                .query(Long.class)
                                .list());
        assertThat(read.stream().map(event -> event.at("/payload/tenant").asString()))
                .containsOnly("paged");
        assertThat(read.stream().map(event -> event.path("name").asString()))
                .contains("reservation.Reserved")
                .startsWith("catalogue.TenantCreated");

        var lines = auditor.lines("/audit/v1/events?limit=1000", "application/x-ndjson");
        assertThat(lines).hasSize(read.size());
        assertThat(lines.getLast()).contains("\"position\":" + positions.getLast() + ",");
        assertThat(auditor.get("/audit/v1/events?limit=0").type())
                .isEqualTo("/problems/malformed-query");
        assertThat(auditor.get("/audit/v1/events?after=-1").type())
                .isEqualTo("/problems/malformed-query");
    }

    @Test
    @Timeout(120)
    void a_live_feed_goes_on_where_it_was_cut_off_without_loss_or_repeat() {
        var visitor = City.found(node.url(), "followed", HOLD);
        var auditor = auditor("followed", Scope.AUDITOR);
        var slot = aSlot(visitor, ADVICE, 4);
        long begin = newest();
        var positions = new ArrayList<Long>();
        try (var lines = auditor.stream("/audit/v1/events?after=" + begin)) {
            hold(visitor, ADVICE, slot);
            hold(visitor, ADVICE, slot);
            read(lines.iterator(), 2, positions);
        }
        hold(visitor, ADVICE, slot);
        var last = Long.toString(positions.getLast());
        try (var lines = auditor.stream("/audit/v1/events?after=0", "Last-Event-ID", last)) {
            var coming = lines.iterator();
            read(coming, 3, positions);
            hold(visitor, ADVICE, slot);
            read(coming, 4, positions);
        }
        assertThat(positions)
                .isEqualTo(
                        DATABASE.sql()
                                .sql(
                                        """
                                        select position from event_log
                                        where payload ->> 'tenant' = 'followed' and position > ?
                                        order by position
                                        """)
                                .param(begin)
                                .query(Long.class)
                                .list());
    }

    /** Reads on until so many positions are known. */
    private static void read(Iterator<String> lines, int count, List<Long> positions) {
        while (positions.size() < count) {
            var line = lines.next();
            if (line.startsWith("id: ")) {
                positions.add(Long.valueOf(line.substring("id: ".length())));
            }
        }
    }

    @Test
    @Timeout(120)
    void a_tenant_follows_so_many_feeds_and_no_more() {
        City.found(node.url(), "popular", HOLD);
        City.found(node.url(), "lonely", HOLD);
        var auditor = auditor("popular", Scope.AUDITOR);
        try (var one = auditor.stream("/audit/v1/events");
                var another = auditor.stream("/audit/v1/events")) {
            assertThat(one.iterator().next()).isNotNull();
            assertThat(another.iterator().next()).isNotNull();

            var refused = auditor.get("/audit/v1/events", "Accept", "text/event-stream");
            assertThat(refused.type()).isEqualTo("/problems/too-many-feeds");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            try (var elsewhere = auditor("lonely", Scope.AUDITOR).stream("/audit/v1/events")) {
                assertThat(elsewhere.iterator().next()).isNotNull();
            }
        }
    }

    @Test
    void the_peak_of_every_pool_and_resource_is_told_and_nothing_was_given_twice() {
        var visitor = City.found(node.url(), "proven", HOLD);
        var slot = aSlot(visitor, ADVICE, 6);
        for (int n = 0; n < City.COUNTERS; n++) {
            hold(visitor, ADVICE, slot);
        }
        hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, 6));

        var proof = auditor("proven", Scope.AUDITOR).get("/audit/v1/no-oversell").body();

        assertThat(proof.path("holds").asBoolean()).as("%s", proof).isTrue();
        assertThat(proof.path("reservations").asInt()).isEqualTo(City.COUNTERS + 1);
        assertThat(
                        elements(proof.path("peaks")).stream()
                                .map(
                                        it ->
                                                "%s %s of %s"
                                                        .formatted(
                                                                it.path("places").asString(),
                                                                it.path("peak").asString(),
                                                                it.path("capacity").asString()))
                                .collect(Collectors.joining(", ")))
                .isEqualTo("counters 7 of 7, desk-1 1 of 1");
        assertThat(OffsetDateTime.parse(proof.at("/peaks/0/at").asString()))
                .isEqualTo(OffsetDateTime.parse(slot.at("/timeSlot/startTime").asString()));
    }

    private static void signIn(Browser browser, String tenant) {
        var account = new Account("audrey", "Audrey Auditor");
        var password =
                node.bean(StaffAccounts.class)
                        .add(TenantId.of(tenant), account, List.of(Role.AUDITOR))
                        .password();
        browser.open(node.url() + "/staff/" + tenant).sees("Sign in");
        browser.fill("User name", "audrey");
        browser.fill("Password", password);
        browser.click(By.cssSelector("main button"));
        browser.reads("Audrey Auditor");
    }

    /** At any width and in the dark, too, and nothing sticks out. */
    private static void isWellMade(Browser browser) {
        browser.isAccessible();
        browser.prefers("dark");
        browser.resize(390, 844);
        browser.isAccessible();
        assertThat(
                        browser.driver()
                                .executeScript(
                                        "return document.documentElement.scrollWidth -"
                                                + " document.documentElement.clientWidth"))
                .isEqualTo(0L);
        browser.prefers("light");
        browser.resize(1280, 900);
    }

    @Test
    void a_page_tells_the_life_of_a_reservation_and_names_nobody() {
        var visitor = City.found(node.url(), "told", HOLD);
        var id = appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 3), "toldperson");
        visitor.put("/appointments/" + id, into(hold(visitor, ADVICE, aSlot(visitor, ADVICE, 5))));
        visitor.delete("/appointments/" + id + "?reason=Rain");
        try (var browser = Browser.start()) {
            signIn(browser, "told");
            browser.click("Audit");
            browser.sees("Reservations");
            browser.fill("Id of the reservation", "00000000-0000-7000-8000-000000000000");
            browser.click("Show the time-line");
            browser.reads("There is no such reservation");
            browser.isAccessible();
            var moved =
                    visitor.get("/appointments/" + id).body().at("/timeSlot/startTime").asString();
            var day =
                    OffsetDateTime.parse(moved)
                            .atZoneSameInstant(ZoneId.of("Europe/Berlin"))
                            .toLocalDate();
            browser.open(node.url() + "/staff/told/audit?branch=hall&date=" + day);
            browser.sees("Reservations");
            isWellMade(browser);
            browser.click(id);

            browser.reads("Time-line");
            assertThat(
                            browser.all(By.cssSelector(".line > li > h2")).stream()
                                    .map(head -> head.getText().replace('\n', ' ')))
                    .containsExactly(
                            "Held On hold",
                            "Confirmed Confirmed",
                            "Moved Confirmed",
                            "Cancelled Cancelled");
            assertThat(browser.all(By.cssSelector(".line del"))).isNotEmpty();
            assertThat(browser.text())
                    .contains("somebody without signing in", "Persons are hidden")
                    .doesNotContain("Lovelace", "Rain");
            isWellMade(browser);
            browser.click("The day’s slots right after that");
            browser.reads("What changed this day");
        }
    }

    @Test
    void a_slider_leads_through_the_moments_of_a_day_and_each_time_says_why() {
        var visitor = City.found(node.url(), "slid", HOLD);
        var day = inDays(4);
        var slot = slots(visitor, PASSPORT, day).get(20); // 10:00
        var id = appointment(visitor, PASSPORT, slot, "slidperson");
        var page = node.url() + "/staff/slid/audit/day?branch=hall&service=passport&date=" + day;
        try (var browser = Browser.start()) {
            signIn(browser, "slid");
            browser.open(page).reads("As of now");
            assertThat(browser.all(By.cssSelector(".starts .not"))).hasSize(1);
            assertThat(browser.all(By.cssSelector(".events li")))
                    .hasSize(3); // the catalogue, the hold, the appointment
            isWellMade(browser);

            browser.tabTo("Moment");
            browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT); // to the first
            browser.until(() -> browser.all(By.cssSelector(".starts .not")).isEmpty(), "all free");
            browser.reads("As of ");
            assertThat(browser.address()).contains("stop=0");
            browser.isAccessible();
            browser.click("One event later");
            browser.until(() -> browser.all(By.cssSelector(".starts .not")).size() == 1, "held");

            browser.click(By.cssSelector(".starts .not"));
            browser.reads("It was not offered.");
            browser.reads("Others are there then.");
            isWellMade(browser);
            browser.open(browser.address() + "&lang=de-DE");
            browser.reads("Die Zeit wurde nicht angeboten.");
            assertThat(browser.text()).doesNotContain("Others are there then.");
            browser.isAccessible();
            browser.click(By.cssSelector(".events a"));
            browser.reads("Verlauf");
            assertThat(browser.address()).contains(id);
        }
        var auditor = auditor("slid", Scope.AUDITOR);
        var start = OffsetDateTime.parse(slot.at("/timeSlot/startTime").asString());
        var why = auditor.speaking("de-DE").get(explain(PASSPORT, start)).body();
        assertThat(why.at("/reasons/0/detail").asString()).isEqualTo("Dann sind andere da.");
    }

    @Test
    void pages_show_the_log_and_prove_it() {
        var visitor = City.found(node.url(), "proved", HOLD);
        var id = appointment(visitor, PASSPORT, aSlot(visitor, PASSPORT, 3), "provedperson");
        hold(visitor, ADVICE, aSlot(visitor, ADVICE, 3));
        try (var browser = Browser.start()) {
            signIn(browser, "proved");
            browser.click("Audit");
            browser.click("Events");
            browser.sees("Events");
            isWellMade(browser);
            new Select(browser.field("Kind")).selectByVisibleText("Reservations");
            browser.click("Show");
            browser.until(() -> browser.all(By.cssSelector(".events li")).size() == 3, "three");
            browser.click(By.cssSelector(".events li:nth-child(2) a")); // the confirmation
            browser.reads("What it says");
            assertThat(browser.find(By.tagName("pre")).getText())
                    .contains(id, "\"details\" : \"sealed\"");
            isWellMade(browser);

            browser.click("Prove that it is sealed");
            browser.reads("that the newest head seals");
            assertThat(browser.all(By.cssSelector(".path li"))).hasSizeGreaterThan(3);
            isWellMade(browser);
            browser.click("Heads that were kept");
            var size = browser.find(By.cssSelector(".rows td.number")).getText();
            var root = browser.find(By.cssSelector(".card dd.id")).getText();
            hold(visitor, ADVICE, aSlot(visitor, ADVICE, 3));
            var grown = node.url() + "/staff/proved/audit/seals?from=%s&root=%s";
            browser.open(grown.formatted(size, root)).reads("are the beginning of");
            browser.open(grown.formatted(size, "0".repeat(64))).reads("does not begin with");
            browser.open(grown.formatted("99999", root)).reads("The tree had no such size");
            browser.isAccessible();
            assertThat(browser.has(By.linkText("Download the log"))).isTrue();

            browser.click("Nothing given twice");
            browser.sees("Nothing given twice");
            browser.click("Prove it now");
            browser.reads("No place was ever given twice.");
            assertThat(browser.text()).contains("Schalter – Schalter 1");
            isWellMade(browser);
        }
    }

    @Test
    void moments_of_a_day_can_be_had_without_scripts() {
        var visitor = City.found(node.url(), "plain", HOLD);
        var day = inDays(4);
        hold(visitor, PASSPORT, slots(visitor, PASSPORT, day).get(20));
        var page = node.url() + "/staff/plain/audit/day?branch=hall&service=passport&date=" + day;
        try (var browser = Browser.withoutScripts()) {
            signIn(browser, "plain");
            browser.open(page).reads("As of now");
            browser.click("One event earlier");
            browser.reads("Held");
            browser.click("One event earlier");
            browser.until(() -> browser.all(By.cssSelector(".starts .not")).isEmpty(), "all free");
            browser.open(page + "&asOf=1999-01-01T00:00:00Z").reads("The tenant was not there yet");
            browser.open(page + "&asOf=2999-01-01T00:00:00Z").reads("That moment is still to come");
            browser.open(
                    node.url()
                            + "/staff/plain/audit/why?branch=hall&service=passport&time=10:10&date="
                            + day);
            browser.reads("It was not offered.");
            assertThat(browser.all(By.cssSelector(".line > li"))).isNotEmpty();
        }
    }
}
