package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.appointment;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.into;
import static holdfast.journeys.City.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.catalogue.TenantId;
import holdfast.security.OauthClients;
import holdfast.security.Scope;
import holdfast.testing.Description;
import holdfast.testing.Description.Exchange;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * Every parameter of every call, wrong in every way: the answer is a problem that the description
 * has at that call, with the right status, pointing at what is wrong; and nothing is written.
 */
class NegativeMatrixTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int AT_ONCE = 8;

    /** What nodes write by themselves: where followers are, what they keep, and seals. */
    private static final String OF_NODES = "token_entry|follower|seal_.*";

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static BadRequests matrix;

    @BeforeAll
    static void twoCities() {
        node = Nodes.start(DATABASE, "holdfast.limits.changes-per-second=0");
        var city = found("city");
        found("neighbour");
        var slot = aSlot(city, PASSPORT, 3);
        var known = new HashMap<String, String>();
        var bodies = new HashMap<String, String>();
        known.put("branchId", "hall");
        known.put("serviceId", PASSPORT);
        known.put("requestedResourceId", "desk-1");
        known.put("reservationId", hold(city, ADVICE, aSlot(city, ADVICE, 4)));
        known.put("reservations/id", known.get("reservationId"));
        known.put(
                "appointments/id", appointment(city, ADVICE, aSlot(city, ADVICE, 5), "matrix0001"));
        known.put("dryRun", "true");
        entries(known, bodies);
        others(known);
        look(known);
        known.put("date", City.inDays(3).toString());
        var foreign = new HashMap<String, String>();
        foreign.put("branchId", "hall-of-neighbour");
        foreign.put("serviceId", "passport-of-neighbour");
        foreign.put("requestedResourceId", "desk-1-of-neighbour");
        foreign.put("reservationId", theirs());
        foreign.put("id", foreign.get("reservationId"));
        foreign.put("token", theirToken());
        var reserve =
                """
                {"serviceId": "passport", "branchId": "hall", "requestedResourceId": "desk-1",
                 "notes": "Hello", "numberOfReservations": 1, "timeSlot": %s}
                """
                        .formatted(slot.path("timeSlot"));
        var several =
                """
                {"branchId": "hall", "timeSlot": %s, "notes": "Hello",
                 "services": [{"serviceId": "passport", "numberOfReservations": 1}]}
                """
                        .formatted(slot.path("timeSlot"));
        bodies.put("reserve", reserve);
        bodies.put("reserveSeveral", several);
        bodies.put(
                "book",
                reserve.replaceFirst("\\{", "{\"customer\": " + person("matrix0002", "Ada") + ","));
        bodies.put("confirm", person("matrix0003", "Ada"));
        bodies.put("changeCustomer", person("matrix0004", "Ada"));
        bodies.put("reschedule", into(known.get("reservationId")));
        bodies.put("createTenant", City.tenant("another", "PT15M"));
        bodies.put("applyCatalogue", City.catalogue("city", "PT15M"));
        var operator = Caller.operator(node.url());
        matrix =
                new BadRequests(
                        Description.kept(),
                        known,
                        foreign,
                        bodies,
                        Map.of(
                                "X-TENANT-ID",
                                "city",
                                "Authorization",
                                "Bearer " + operator.token()));
    }

    /** One of each kind of the catalogue, by its name and as it stands. */
    private static void entries(Map<String, String> known, Map<String, String> bodies) {
        var manager = Caller.operator(node.url()).of("city");
        var calendar = "{\"id\": \"berlin\", \"days\": []}";
        assertThat(manager.put("/admin/v1/holiday-calendars/berlin", calendar).status())
                .isEqualTo(201);
        var closed =
                manager.post(
                        "/admin/v1/closures",
                        """
                        {"branch": "hall", "from": "2020-01-01T00:00:00Z", "to": "2020-01-02T00:00:00Z", "reason": "Long ago"}
                        """);
        assertThat(closed.status()).isEqualTo(201);
        known.put("closures/id", closed.body().at("/closure/id").asString());
        Map.of(
                        "branches", "hall",
                        "holiday-calendars", "berlin",
                        "resource-types", "desk",
                        "resource-pools", "counters",
                        "resources", "desk-1",
                        "services", PASSPORT,
                        "service-groups", "papers")
                .forEach(
                        (kind, id) -> {
                            known.put(kind + "/id", id);
                            bodies.put(
                                    putOf(kind),
                                    manager.get("/admin/v1/%s/%s".formatted(kind, id))
                                            .body()
                                            .toString());
                        });
        bodies.put(
                "putOffer",
                manager.get("/admin/v1/services/passport/branches/hall").body().toString());
        var pair = "{\"branch\": \"hall\", \"services\": [\"advice\", \"question\"]}";
        var combination = "/admin/v1/service-combinations/hall/advice+question";
        assertThat(manager.put(combination, pair).status()).isEqualTo(201);
        known.put("service-combinations/services", "advice+question");
        bodies.put("putCombination", pair);
        bodies.put("putTenant", manager.get("/admin/v1/tenant").body().toString());
    }

    /** A client, a staff member, a sealed event, and a replay that has ended. */
    private static void others(Map<String, String> known) {
        var operator = Caller.operator(node.url());
        var manager = operator.of("city");
        var client =
                manager.post(
                        "/admin/v1/clients",
                        "{\"name\": \"A kiosk\", \"scopes\": [\"reporting\"]}");
        assertThat(client.status()).isEqualTo(201);
        known.put("clients/id", client.body().path("clientId").asString());
        var member =
                manager.post(
                        "/admin/v1/staff-members",
                        """
                        {"userName": "ada@example.org", "displayName": "Ada", "roles": ["staff"]}
                        """);
        assertThat(member.status()).isEqualTo(201);
        known.put("staff-members/id", member.body().path("id").asString());
        known.put("customers/id", aCustomer(manager));
        var head = manager.get("/audit/v1/seals").body().path("heads").get(0);
        known.put("proof/position", head.path("position").asString());
        var replay = "/admin/v1/projections/tenant-events/replay";
        assertThat(operator.post(replay, "").status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> operator.get(replay).body().path("state").asString().equals("DONE"));
        known.put("projections/name", "tenant-events");
    }

    /** Who is shown what is recorded the first time, even if the answer is then unacceptable. */
    private static void look(Map<String, String> known) {
        var operator = Caller.operator(node.url()).of("city");
        assertThat(operator.get("/appointments/" + known.get("appointments/id")).status())
                .isEqualTo(200);
        assertThat(operator.get("/admin/v1/customers/" + known.get("customers/id")).status())
                .isEqualTo(200);
    }

    private static String aCustomer(Caller manager) {
        appointment(manager, ADVICE, aSlot(manager, ADVICE, 12), "matrix0009");
        return manager.post(
                        "/admin/v1/customers/search", "{\"personalIdentifier\": \"matrix0009\"}")
                .body()
                .path("customerId")
                .asString();
    }

    private static String putOf(String kind) {
        return switch (kind) {
            case "branches" -> "putBranch";
            case "holiday-calendars" -> "putHolidayCalendar";
            case "resource-types" -> "putResourceType";
            case "resource-pools" -> "putResourcePool";
            case "resources" -> "putResource";
            case "services" -> "putService";
            case "service-groups" -> "putServiceGroup";
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Caller found(String id) {
        var operator = Caller.operator(node.url()).of(id);
        var tenant =
                City.tenant(id, "PT15M")
                        .replace(
                                "\"anonymousBooking\"",
                                "\"serviceCombinations\": true, \"anonymousBooking\"");
        assertThat(operator.post("/admin/v1/tenants", tenant).status()).isEqualTo(201);
        var catalogue =
                City.catalogue(id, "PT15M")
                        .replace(
                                "\"anonymousBooking\"",
                                "\"serviceCombinations\": true, \"anonymousBooking\"")
                        .replace(
                                "\"serviceGroups\": []",
                                "\"serviceGroups\": [{\"id\": \"papers\", \"name\": {\"de_DE\":"
                                        + " \"Papiere\"}, \"index\": 1, \"services\":"
                                        + " [\"passport\"]}]");
        var own =
                id.equals("city")
                        ? catalogue
                        : catalogue.replaceAll(
                                "\"(hall|passport|desk-1)\"", "\"$1-of-" + id + "\"");
        var applied = operator.put("/admin/v1/catalogue", own);
        assertThat(applied.status()).as("%s", applied.body()).isEqualTo(200);
        return Caller.anonymous(node.url()).of(id);
    }

    /** A hold in the other tenant. */
    private static String theirs() {
        var neighbour = Caller.anonymous(node.url()).of("neighbour");
        var slot =
                neighbour
                        .get("/services/advice/timeslots?branchId=hall-of-neighbour")
                        .body()
                        .path(48)
                        .path("timeSlot");
        var held =
                neighbour.post(
                        "/reservations",
                        """
                        {"serviceId": "advice", "branchId": "hall-of-neighbour", "timeSlot": %s}
                        """
                                .formatted(slot));
        assertThat(held.status()).isEqualTo(201);
        return held.body().path("reservationId").asString();
    }

    private static String theirToken() {
        var client =
                node.bean(OauthClients.class)
                        .register(
                                TenantId.of("neighbour"),
                                "neighbour",
                                EnumSet.complementOf(EnumSet.of(Scope.OPERATOR)))
                        .orElseThrow();
        return Objects.requireNonNull(
                Caller.withClient(node.url(), client.id(), client.secret()).token());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void each_wrong_request_is_refused_as_described_and_leaves_nothing(TestReporter reporter)
            throws Exception {
        var all =
                Description.kept().calls().stream()
                        .flatMap(call -> matrix.of(call).stream())
                        .toList();
        reporter.publishEntry("wrong requests", Integer.toString(all.size()));
        assertThat(all).hasSizeGreaterThan(1500);
        var before = rows();

        var faults = send(all);

        var written = new TreeMap<>(rows());
        written.entrySet().removeAll(before.entrySet());
        assertThat(faults).as("of %d wrong requests", all.size()).isEmpty();
        assertThat(written.keySet()).as("what is written").isEmpty();
    }

    private static List<String> send(List<BadRequest> all) throws Exception {
        var faults = new ArrayList<String>();
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                var callers = Executors.newFixedThreadPool(AT_ONCE)) {
            var answers =
                    callers.invokeAll(
                            all.stream()
                                    .map(
                                            request ->
                                                    (Callable<Optional<String>>)
                                                            () -> faultOf(request, http))
                                    .toList());
            for (var answer : answers) {
                answer.get().ifPresent(faults::add);
            }
        }
        return faults;
    }

    private static Optional<String> faultOf(BadRequest bad, HttpClient http) throws Exception {
        var request = bad.on(node.url());
        var response = http.send(request, BodyHandlers.ofByteArray());
        var exchange =
                new Exchange(
                        request.method(),
                        request.uri(),
                        request.headers(),
                        bad.body(),
                        response.statusCode(),
                        response.headers(),
                        response.body());
        if (!bad.statuses().contains(response.statusCode())) {
            return Optional.of(
                    "%s: %d instead of %s: %s"
                            .formatted(
                                    bad,
                                    response.statusCode(),
                                    bad.allowed(),
                                    new String(response.body())));
        }
        try {
            Description.kept().check(exchange);
        } catch (AssertionError undescribed) {
            return Optional.of(bad + ": " + undescribed.getMessage());
        }
        if (response.statusCode() < 400) {
            return Optional.empty();
        }
        var problem = JSON.readTree(response.body());
        if (!problem.path("type").asString("").startsWith("/problems/")) {
            return Optional.of(bad + ": no named problem but " + problem);
        }
        return pointsAt(bad, problem)
                ? Optional.empty()
                : Optional.of(
                        "%s: does not point there: %s".formatted(bad, problem.path("errors")));
    }

    /** At the place, or, where an element or a member is missing, within it. */
    private static boolean pointsAt(BadRequest bad, JsonNode problem) {
        var pointer = bad.pointer();
        return pointer == null
                || problem.path("errors").findValuesAsString("pointer").stream()
                        .anyMatch(at -> at.equals(pointer) || at.startsWith(pointer + "/"));
    }

    /** Of each table, its rows, told by their digest. */
    private static Map<String, String> rows() {
        var sql = DATABASE.sql();
        var found = new TreeMap<String, String>();
        var tables =
                sql.sql(
                                """
                                select format('%I.%I', table_schema, table_name)
                                from information_schema.tables
                                where table_type = 'BASE TABLE'
                                    and table_schema not in ('pg_catalog', 'information_schema')
                                    and table_name !~ ('^(' || ? || ')$')
                                """)
                        .param(OF_NODES)
                        .query(String.class)
                        .list();
        for (var table : tables) {
            found.put(
                    table,
                    sql.sql(
                                    "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|'"
                                            + " order by t::text)), '') from "
                                            + table
                                            + " t")
                            .query(String.class)
                            .single());
        }
        return found;
    }
}
