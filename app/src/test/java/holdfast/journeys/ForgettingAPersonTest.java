package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.catalogue.TenantId;
import holdfast.customer.PersonalData;
import holdfast.customer.Sealed;
import holdfast.journeys.Caller.Answer;
import holdfast.reservation.Verification;
import holdfast.seals.ExportCheck;
import holdfast.seals.LogCheck;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A person asks for all that is kept of them, and to be forgotten; everybody else stays. */
@ExtendWith(OutputCaptureExtension.class)
class ForgettingAPersonTest {

    private static final String CUSTOMERS = "/admin/v1/customers";
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private static TestNode node;
    private static TestNode otherNode;

    @BeforeAll
    static void start() {
        node = Nodes.start(DATABASE, "holdfast.retention-every=200ms");
        otherNode = Nodes.start(DATABASE, "holdfast.retention-every=200ms");
    }

    @AfterAll
    static void stop() {
        otherNode.close();
        node.close();
    }

    @Test
    void who_is_erased_is_readable_nowhere_and_everybody_else_everywhere(CapturedOutput output)
            throws Exception {
        var visitor = City.found(node.url(), "forgetful", "PT15M");
        var operator = Caller.operator(node.url()).of("forgetful");
        var otherOperator = operator.at(otherNode.url());
        var ada = everything(visitor, operator, "Ada", "adaident12345", 3);
        var eve = everything(visitor, operator, "Eve", "eveident12345", 6);
        // somebody else's by now, but said by Ada once
        var passedOn =
                City.appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 9), "adaident12345");
        assertThat(
                        visitor.put(
                                        "/appointments/" + passedOn + "/customer",
                                        person("eveident12345", "Eve"))
                                .status())
                .isEqualTo(204);
        assertThat(otherOperator.get("/appointments/" + ada).body().at("/customer/lastName"))
                .hasToString("\"Adalastname\"");

        var customer = find(operator, "adaident12345");
        var file = operator.get(CUSTOMERS + "/" + customer);
        assertThat(file.status()).as("%s", file.body()).isEqualTo(200);
        assertThat(file.header("Cache-Control")).contains("no-store");
        assertThat(file.body().path("appointments").size()).isEqualTo(2);
        var text = file.body().toString();
        for (var said : said("Ada")) {
            assertThat(text).contains(said);
        }
        for (var said : said("Eve")) {
            assertThat(text).doesNotContain(said);
        }
        assertThat(file.body().path("events").findValuesAsString("stream"))
                .contains(ada, passedOn, "customer:" + customer);
        assertThat(file.body().path("readings").findValuesAsString("occasion"))
                .contains("EXPORT", "APPOINTMENT", "SEARCH", "DAY_LIST");

        assertThat(operator.delete(CUSTOMERS + "/" + customer).type())
                .isEqualTo("/problems/appointments-ahead");
        assertThat(operator.get(CUSTOMERS + "/" + customer).status()).isEqualTo(200);
        for (var appointment :
                file.body().path("appointments").findValuesAsString("appointmentId")) {
            assertThat(
                            visitor.delete("/appointments/" + appointment + "?reason=Adareason")
                                    .status())
                    .isEqualTo(204);
        }
        var evesBefore = eves(operator, eve);

        assertThat(operator.delete(CUSTOMERS + "/" + customer).status()).isEqualTo(204);

        assertThat(operator.delete(CUSTOMERS + "/" + customer).status()).isEqualTo(204);
        assertThat(operator.get(CUSTOMERS + "/" + customer).status()).isEqualTo(404);
        assertThat(operator.post(CUSTOMERS + "/search", identifier("adaident12345")).type())
                .isEqualTo("/problems/customer-unknown");
        assertThat(search(operator, "adaident12345").body()).isEmpty();
        for (var caller : List.of(operator, otherOperator)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    answers(caller, ada, passedOn)
                                            .noneMatch(ForgettingAPersonTest::ofAda));
            assertThat(caller.get("/appointments/" + ada).body().has("customer")).isFalse();
            assertThat(eves(caller, eve)).isEqualTo(evesBefore);
        }
        for (var said : said("Ada")) {
            assertThat(NothingPersonalIsReadableTest.tablesWith(DATABASE, said)).as(said).isEmpty();
            assertThat(output.getAll()).doesNotContain(said);
        }
        nothingOfHersOpens(customer, "eveident12345");
        assertThat(
                        DATABASE.sql()
                                .sql("select count(*) from kept_answer where reservation = ?::uuid")
                                .param(ada)
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(new LogCheck(DATABASE.dataSource(), null).run((_, _, _) -> {}).findings())
                .isEmpty();
        var export = String.join("\n", operator.lines("/audit/v1/export", "application/x-ndjson"));
        assertThat(said("Ada")).noneMatch(export::contains);
        try (var lines = new BufferedReader(new StringReader(export))) {
            assertThat(ExportCheck.of(lines, null, _ -> {}).findings()).isEmpty();
        }
        assertThat(
                        Verification.of(DATABASE.dataSource(), Duration.ofSeconds(60))
                                .run((_, _, _) -> {})
                                .named())
                .isEmpty();
    }

    @Test
    void who_was_shown_what_is_in_the_log_once_a_day() {
        var visitor = City.found(node.url(), "watchful", "PT15M");
        var operator = Caller.operator(node.url()).of("watchful");
        var id = City.appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 3), "watched12345");
        assertThat(readings("watchful")).isEmpty();

        for (int n = 0; n < 3; n++) {
            operator.get("/appointments/" + id);
            operator.at(otherNode.url()).get("/appointments/" + id);
            search(operator, "watched12345");
        }
        visitor.get("/appointments/" + id);
        visitor.get("/appointments/" + id + "/calendar.ics");
        operator.get("/audit/v1/reservations/" + id + "/history");

        var customer = find(operator, "watched12345");
        assertThat(readings("watchful"))
                .containsExactlyInAnyOrder(
                        "operator APPOINTMENT [\"%s\"]".formatted(customer),
                        "operator SEARCH [\"%s\"]".formatted(customer),
                        "anonymous APPOINTMENT [\"%s\"]".formatted(customer),
                        "operator HISTORY [\"%s\"]".formatted(customer));
    }

    @Test
    void customers_are_kept_as_long_as_the_tenant_says_and_no_longer() {
        var visitor = City.found(node.url(), "tidy", "PT15M");
        var operator = Caller.operator(node.url()).of("tidy");
        var over = City.appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 3), "overident12345");
        var ahead = City.appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 3), "aheadident1234");
        var passedOn =
                City.appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 3), "formerident123");
        visitor.put("/appointments/" + passedOn + "/customer", person("aheadident1234", "Ahead"));
        // as if it had been two days ago
        DATABASE.sql()
                .sql(
                        """
                        update reservation
                        set starts_at = starts_at - interval '5 days', ends_at = ends_at - interval '5 days'
                        where reservation = ?::uuid
                        """)
                .param(over)
                .update();
        var tenant = operator.get("/admin/v1/tenant").body();

        operator.put(
                "/admin/v1/tenant",
                tenant.toString().replace("\"settings\":{", "\"settings\":{\"retentionDays\":1,"));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> search(operator, "overident12345").body().isEmpty());
        assertThat(Nodes.history(DATABASE, "customer:" + customerOf(over)))
                .containsExactly("customer.CustomerRegistered", "customer.CustomerErased");
        assertThat(operator.get("/appointments/" + ahead).body().at("/customer/firstName"))
                .hasToString("\"Ada\"");
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                operator.post(CUSTOMERS + "/search", identifier("formerident123"))
                                                .status()
                                        == 404);
    }

    @Test
    void another_tenants_customer_is_as_absent_as_none() {
        var visitor = City.found(node.url(), "here", "PT15M");
        City.found(node.url(), "elsewhere", "PT15M");
        City.appointment(visitor, ADVICE, aSlot(visitor, ADVICE, 3), "hereident12345");
        var here = Caller.operator(node.url()).of("here");
        var elsewhere = here.of("elsewhere");
        var customer = find(here, "hereident12345");

        for (var id : List.of(customer, "7b0a4c1e-3f52-4d6b-9a8c-2e1d0f9b8a77", "nobody")) {
            assertThat(elsewhere.get(CUSTOMERS + "/" + id).type())
                    .isEqualTo("/problems/customer-unknown");
            assertThat(elsewhere.delete(CUSTOMERS + "/" + id).type())
                    .isEqualTo("/problems/customer-unknown");
        }
        assertThat(here.get(CUSTOMERS + "/" + customer).status()).isEqualTo(200);
    }

    /**
     * All that somebody can say: a hold's note, details, answers, a move, other details, and an
     * appointment that staff booked. Gives the first appointment.
     */
    private static String everything(
            Caller visitor, Caller operator, String name, String identifier, int day) {
        var slot = aSlot(visitor, PASSPORT, day).path("timeSlot");
        var held =
                visitor.post(
                        "/reservations",
                        """
                        {"serviceId": "passport", "branchId": "hall", "timeSlot": %s,
                         "notes": "%snote"}
                        """
                                .formatted(slot, name));
        var id = held.body().path("reservationId").asString();
        var confirmed = visitor.put("/reservations/" + id, person(identifier, name));
        assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(201);
        var another = City.hold(visitor, PASSPORT, aSlot(visitor, PASSPORT, day + 1));
        assertThat(visitor.put("/appointments/" + id, City.into(another)).status()).isEqualTo(200);
        assertThat(
                        visitor.put(
                                        "/appointments/" + id + "/customer",
                                        person(identifier, name).replace("0555", "0777"))
                                .status())
                .isEqualTo(204);
        var atTheDesk =
                operator.post(
                        "/admin/v1/appointments",
                        """
                        {"serviceId": "advice", "branchId": "hall", "timeSlot": %s,
                         "notes": "%snote", "customer": %s}
                        """
                                .formatted(
                                        aSlot(visitor, ADVICE, day).path("timeSlot"),
                                        name,
                                        person(identifier, name)));
        assertThat(atTheDesk.status()).as("%s", atTheDesk.body()).isEqualTo(201);
        operator.get("/admin/v1/appointments?branchId=hall&date=" + City.inDays(day));
        search(operator, identifier);
        operator.get("/appointments/" + id);
        return id;
    }

    private static String person(String identifier, String name) {
        return """
        {"personalIdentifier": "%s", "firstName": "%sfirstname", "lastName": "%slastname",
         "email": "%smail@nowhere.example", "phoneNumber": "0555 %sphone",
         "dateOfBirth": "%s",
         "informationQuestions": [{"questionText": "Was?", "answer": "%sanswer"}]}
        """
                .formatted(
                        identifier,
                        name,
                        name,
                        name,
                        name,
                        name.equals("Ada") ? "1815-12-10" : "1816-01-02",
                        name);
    }

    private static List<String> said(String name) {
        return List.of(
                name.toLowerCase(Locale.ROOT) + "ident12345",
                name + "firstname",
                name + "lastname",
                name + "mail@nowhere.example",
                name + "phone",
                name.equals("Ada") ? "1815-12-10" : "1816-01-02",
                name + "note",
                name + "answer");
    }

    private static boolean ofAda(String answer) {
        return said("Ada").stream().anyMatch(answer::contains) || answer.contains("Adareason");
    }

    /** Whatever can be asked of appointments that were Ada's. */
    private static Stream<String> answers(Caller caller, String ada, String passedOn) {
        var answers = new ArrayList<String>();
        for (var id : List.of(ada, passedOn)) {
            for (var path :
                    List.of(
                            "/reservations/" + id,
                            "/appointments/" + id,
                            "/audit/v1/reservations/" + id,
                            "/audit/v1/reservations/" + id + "/history")) {
                var answer = caller.get(path);
                assertThat(answer.status()).as(path).isEqualTo(200);
                answers.add(answer.body().toString());
            }
        }
        for (int day = 0; day < 10; day++) {
            answers.add(
                    caller.get("/admin/v1/appointments?branchId=hall&date=" + City.inDays(day))
                            .body()
                            .toString());
        }
        answers.add(caller.text("/audit/v1/events?limit=1000", "application/x-ndjson"));
        answers.add(caller.text("/reports/v1/funnel", "text/csv"));
        return answers.stream();
    }

    private static List<JsonNode> eves(Caller caller, String eve) {
        return List.of(
                caller.get("/appointments/" + eve).body(), search(caller, "eveident12345").body());
    }

    /**
     * Every sealed text in the log, on both nodes: what is Eve's opens, what was Ada's does not.
     */
    private static void nothingOfHersOpens(String customer, String other) {
        var tenant = TenantId.of("forgetful");
        Set<Sealed> all = new HashSet<>();
        DATABASE.sql()
                .sql("select convert_from(payload, 'UTF8') from domain_event_entry")
                .query(String.class)
                .list()
                .forEach(payload -> collect(JsonMapper.shared().readTree(payload), all));
        assertThat(all).isNotEmpty();
        for (var each : List.of(node, otherNode)) {
            var opened = each.bean(PersonalData.class).open(tenant, all);
            var texts = opened.values().stream().map(String::new).toList();
            assertThat(texts).noneMatch(ForgettingAPersonTest::ofAda);
            assertThat(texts).anyMatch(text -> text.contains(other));
        }
        assertThat(
                        DATABASE.sql()
                                .sql("select count(*) from data_key where subject = ?")
                                .param("customer:" + customer)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    private static void collect(JsonNode node, Set<Sealed> into) {
        if (node.path("key").isString() && node.path("text").isString()) {
            into.add(new Sealed(node.path("key").asString(), node.path("text").asString()));
        }
        node.forEach(member -> collect(member, into));
    }

    private static List<String> readings(String tenant) {
        return DATABASE
                .sql()
                .sql(
                        """
                        select payload from event_log
                        where name = 'customer.PersonalDataRead' and payload ->> 'tenant' = ?
                        """)
                .param(tenant)
                .query(String.class)
                .list()
                .stream()
                .map(JsonMapper.shared()::readTree)
                .map(
                        payload ->
                                "%s %s %s"
                                        .formatted(
                                                payload.path("reader").asString(),
                                                payload.path("occasion").asString(),
                                                payload.path("customers")))
                .toList();
    }

    private static String customerOf(String reservation) {
        return DATABASE.sql()
                .sql("select customer::text from reservation where reservation = ?::uuid")
                .param(reservation)
                .query(String.class)
                .single();
    }

    private static String identifier(String identifier) {
        return "{\"personalIdentifier\": \"%s\"}".formatted(identifier);
    }

    private static String find(Caller caller, String identifier) {
        var found = caller.post(CUSTOMERS + "/search", identifier(identifier));
        assertThat(found.status()).as("%s", found.body()).isEqualTo(200);
        return found.body().path("customerId").asString();
    }

    private static Answer search(Caller caller, String identifier) {
        return caller.post(
                "/appointments/search", "{\"customer\": " + identifier(identifier) + "}");
    }
}
