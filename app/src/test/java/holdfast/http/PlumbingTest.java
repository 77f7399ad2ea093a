package holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

@SpringBootTest(
        classes = PlumbingSlice.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "holdfast.http.writes-at-once=2",
            "holdfast.http.writes-waiting=1",
            "holdfast.http.patience=20s",
        })
@ActiveProfiles(PlumbingSlice.PROFILE)
class PlumbingTest {

    private static final String ORDER =
            """
            {"serviceId": "s", "branchId": "b",
             "timeSlot": {"startTime": "2026-10-25T09:00:00+01:00", "endTime": "2026-10-25T09:20:00+01:00"}}
            """;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @LocalServerPort int port;
    @Autowired PlumbingSlice.Calls calls;

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpRequest.Builder asCity(String path) {
        return to(path).header("X-TENANT-ID", "city");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder json(
            HttpRequest.Builder request, String method, String body) {
        return request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String name) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        var problem = tree(answer);
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + name);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        var title = ProblemType.find(name).orElseThrow().title();
        assertThat(problem.path("title").asString())
                .isEqualTo(Telling.words(languageOf(answer)).getOrDefault(title, title));
        assertThat(problem.path("detail").asString()).isNotEmpty();
    }

    private static String languageOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Language").orElseThrow().split("-")[0];
    }

    private static List<String> pointers(HttpResponse<String> answer) {
        var pointers = new ArrayList<String>();
        tree(answer).path("errors").forEach(e -> pointers.add(e.path("pointer").asString()));
        return pointers;
    }

    private static JsonNode tree(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    // --- tenant and language

    @ParameterizedTest
    @ValueSource(strings = {"/services", "/external/v1/services"})
    void both_base_paths_answer(String path) throws Exception {
        var answer = send(asCity(path));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("[{\"id\":\"city\",\"name\":{\"language\":\"de_DE\"},\"apple\":1}]");
        assertThat(answer.headers().firstValue("Content-Language")).contains("de-DE");
    }

    @Test
    void the_language_asked_for_is_the_one_answered_in() throws Exception {
        var answer = send(asCity("/services").header("Accept-Language", "fr, en_UK;q=0.3"));

        assertThat(answer.body()).contains("\"language\":\"en_UK\"");
        assertThat(answer.headers().firstValue("Content-Language")).contains("en-GB");
    }

    @ParameterizedTest
    @CsvSource({
        "'',             de-DE, darf das Zeichen U+0000 nicht enthalten",
        "en_UK,          en-GB, must not contain the character U+0000",
        "'fr, en;q=0.1', en-GB, must not contain the character U+0000",
        "'fr, nl;q=0.5', de-DE, darf das Zeichen U+0000 nicht enthalten",
    })
    void a_problem_is_told_in_one_of_the_tenants_languages(
            String accepted, String told, String detail) throws Exception {
        var request = json(asCity("/admin/v1/catalogue"), "PUT", "{\"reason\": \"a\\u0000\"}");
        if (!accepted.isEmpty()) {
            request.header("Accept-Language", accepted);
        }
        var answer = send(request);

        assertProblem(answer, 400, "malformed-body");
        assertThat(answer.headers().firstValue("Content-Language")).contains(told);
        assertThat(answer.headers().firstValue("Vary").orElseThrow())
                .contains("Accept-Language", "X-TENANT-ID");
        assertThat(tree(answer).at("/errors/0/detail").asString()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                    en-GB, No tenant is named",
        "en_US,                 en-US, No tenant is named",
        "FR_be,                 fr,    Aucune organisation n’est indiquée",
        "nl-NL,                 nl,    Er is geen organisatie genoemd",
        "'pl, de_AT;q=0.5',     de,    Es ist keine Organisation genannt",
        "it,                    it,    Non è indicata alcuna organizzazione",
        "ES_es,                 es,    No se indica ninguna organización",
        "pl,                    en-GB, No tenant is named",
    })
    void without_a_tenant_a_problem_is_told_in_any_language_there_is(
            String accepted, String told, String title) throws Exception {
        var request = to("/services");
        if (!accepted.isEmpty()) {
            request.header("Accept-Language", accepted);
        }
        var answer = send(request);

        assertProblem(answer, 400, "tenant-missing");
        assertThat(answer.headers().firstValue("Content-Language")).contains(told);
        assertThat(tree(answer).path("title").asString()).isEqualTo(title);
    }

    @Test
    void a_call_without_a_tenant_is_malformed() throws Exception {
        assertProblem(send(to("/services")), 400, "tenant-missing");
        assertProblem(send(to("/services").header("X-TENANT-ID", " ")), 400, "tenant-missing");
        assertProblem(
                send(asCity("/services").header("X-TENANT-ID", "other")), 400, "tenant-missing");
    }

    @Test
    void an_unknown_tenant_is_not_found_before_anything_else_is_looked_at() throws Exception {
        assertProblem(
                send(to("/services").header("X-TENANT-ID", "village")), 404, "tenant-unknown");
        assertProblem(
                send(json(to("/reservations").header("X-TENANT-ID", "no id"), "POST", "{broken")),
                404,
                "tenant-unknown");
    }

    // --- bodies

    @Test
    void a_body_that_can_be_read_reaches_the_call() throws Exception {
        var answer = send(json(asCity("/reservations"), "POST", ORDER));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(tree(answer).at("/timeSlot/startTime").asString())
                .isEqualTo("2026-10-25T09:00:00+01:00");
    }

    @Test
    void all_faults_of_a_body_are_named_in_one_answer() throws Exception {
        var answer =
                send(
                        json(
                                asCity("/reservations"),
                                "POST",
                                """
                                {"serviceID": 1, "notes": "far too long for twenty characters",
                                 "numberofreservations": 0,
                                 "timeSlot": {"startTime": "2026-10-25T09:00:00"}}
                                """));

        assertProblem(answer, 400, "malformed-body");
        assertThat(tree(answer).path("instance").asString()).isEqualTo("/reservations");
        assertThat(pointers(answer))
                .containsExactlyInAnyOrder(
                        "/serviceID",
                        "/branchId",
                        "/notes",
                        "/numberofreservations",
                        "/timeSlot/startTime",
                        "/timeSlot/endTime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "null", "[]", "{} {}", "{\"a\":1,\"a\":1}"})
    void what_is_no_proper_document_is_malformed(String body) throws Exception {
        assertProblem(send(json(asCity("/reservations"), "POST", body)), 400, "malformed-body");
    }

    @Test
    void a_body_that_is_not_json_has_the_wrong_media_type() throws Exception {
        assertProblem(
                send(
                        asCity("/reservations")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(ORDER))),
                415,
                "media-type-unsupported");
        assertProblem(
                send(
                        asCity("/reservations")
                                .header("Content-Type", "nonsense")
                                .POST(BodyPublishers.ofString(ORDER))),
                415,
                "media-type-unsupported");
        assertProblem(
                send(asCity("/reservations").POST(BodyPublishers.ofString(ORDER))),
                415,
                "media-type-unsupported");
    }

    @Test
    void an_optional_body_may_be_left_out_and_is_read_strictly_if_sent() throws Exception {
        assertThat(send(asCity("/appointments/1").DELETE()).body()).isEqualTo("no reason");
        assertThat(send(json(asCity("/appointments/1"), "DELETE", "{\"Reason\":\"ill\"}")).body())
                .isEqualTo("ill");
        assertProblem(
                send(json(asCity("/appointments/1"), "DELETE", "{\"reason\":1}")),
                400,
                "malformed-body");
    }

    @Test
    void a_body_over_the_limit_is_refused_by_its_announced_length() throws Exception {
        var body = "{\"notes\": \"" + "x".repeat(64 * 1024) + "\"}";

        assertProblem(send(json(asCity("/reservations"), "POST", body)), 413, "body-too-large");
    }

    @Test
    void a_body_over_the_limit_is_refused_without_an_announced_length() throws Exception {
        var body =
                ("{\"notes\": \"" + "x".repeat(64 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8);
        var request =
                asCity("/reservations")
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(body)));

        assertProblem(send(request), 413, "body-too-large");
    }

    @Test
    void a_catalogue_may_be_larger_than_a_booking() throws Exception {
        var body = "{\"reason\": \"" + "x".repeat(1024 * 1024) + "\"}";

        assertThat(send(json(to("/admin/v1/catalogue"), "PUT", body)).body())
                .isEqualTo("{\"reason\":\"1048576\"}");
    }

    // --- queries

    @Test
    void parameters_are_found_in_any_case() throws Exception {
        var answer =
                send(
                        asCity(
                                "/services/s/timeslots?BRANCHID=b&requestedResourceID=r"
                                    + "&Numberofreservations=3&From=2026-10-25&to=2026-10-26&serviceId=a&serviceid=b"));

        assertThat(answer.body())
                .isEqualTo("[\"s\",\"b\",\"r\",\"3\",\"2026-10-25\",\"2026-10-26\",\"[a, b]\"]");
    }

    @Test
    void what_is_left_out_has_its_default() throws Exception {
        assertThat(send(asCity("/services/s/timeslots?branchId=b&unknown=1")).body())
                .isEqualTo("[\"s\",\"b\",\"null\",\"1\",\"null\",\"null\",\"null\"]");
    }

    @Test
    void all_faults_of_a_query_are_named_in_one_answer() throws Exception {
        var answer =
                send(
                        asCity(
                                "/services/s/timeslots?numberOfReservations=1.0&from=25.10.2026"
                                        + "&to=2026-10-25&TO=2026-10-26&serviceId=a&serviceId="));

        assertProblem(answer, 400, "malformed-query");
        assertThat(pointers(answer))
                .containsExactly("branchId", "numberOfReservations", "from", "to", "serviceId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "numberOfReservations=0x1",
                "numberOfReservations=%2B1",
                "numberOfReservations=%201",
                "numberOfReservations=",
                "numberOfReservations=99999999999",
                "numberOfReservations=0",
                "numberOfReservations=11",
                "from=2026-02-30",
                "from=",
                "from=today",
                "branchId=c",
                "requestedResourceId=a%20b",
            })
    void a_parameter_that_cannot_be_read_is_named(String parameter) throws Exception {
        var answer = send(asCity("/services/s/timeslots?branchId=b&" + parameter));

        assertProblem(answer, 400, "malformed-query");
        assertThat(pointers(answer))
                .containsExactly(parameter.substring(0, parameter.indexOf('=')));
    }

    @Test
    void what_cannot_be_an_id_names_nothing() throws Exception {
        assertProblem(send(asCity("/reservations/7")), 404, "not-found");
    }

    // --- what Spring and the server refuse

    @Test
    void an_unknown_address_is_not_found() throws Exception {
        assertProblem(send(to("/nowhere")), 404, "not-found");
        assertProblem(send(json(to("/nowhere"), "POST", "{}")), 404, "not-found");
    }

    @Test
    void another_method_is_told_which_ones_there_are() throws Exception {
        var answer = send(json(asCity("/services"), "POST", "{}"));

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET");
    }

    @Test
    void a_representation_there_is_not_is_not_acceptable() throws Exception {
        assertProblem(
                send(asCity("/services").header("Accept", "text/csv")), 406, "not-acceptable");
    }

    @Test
    void a_problem_is_told_to_a_client_that_accepts_something_else() throws Exception {
        assertProblem(
                send(asCity("/calendar.ics").header("Accept", "text/calendar")), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "refused, 404, not-found",
        "undreamt, 500, internal-fault",
        "pool, 503, unavailable",
        "shutdown, 503, unavailable",
        "cut, 503, unavailable",
        "race, 409, changed-meanwhile",
        "deadlock, 409, changed-meanwhile",
        "otherwise, 500, internal-fault",
    })
    void what_went_wrong_inside_has_a_problem(String how, int status, String name)
            throws Exception {
        var answer = send(asCity("/broken/" + how).header("X-Request-Id", "req-1"));

        assertProblem(answer, status, name);
        assertThat(answer.headers().firstValue("Retry-After").isPresent())
                .isEqualTo(status == 503 || status == 409);
        assertThat(answer.body()).doesNotContain("secret", "holdfast", "Exception");
        if (status == 500) {
            assertThat(tree(answer).path("requestId").asString()).isEqualTo("req-1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /services/%00 HTTP/1.1|Host: x",
                "GET /services/<> HTTP/1.1|Host: x",
                "GET /services HTTP/1.1",
            })
    void what_is_hardly_http_is_a_problem_too(String request) throws Exception {
        try (var socket = new Socket("localhost", port)) {
            var lines = request.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(lines.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("/problems/malformed-request");
        }
    }

    // --- headers

    @Test
    void a_request_keeps_the_id_it_brings_unless_that_could_harm_a_log() throws Exception {
        assertThat(
                        send(asCity("/services").header("X-Request-Id", "a-1/b"))
                                .headers()
                                .allValues("X-Request-Id"))
                .containsExactly("a-1/b");
        assertThat(
                        send(asCity("/services").header("X-Request-Id", "a \"b\""))
                                .headers()
                                .firstValue("X-Request-Id")
                                .orElseThrow())
                .hasSize(36);
    }

    @Test
    void log_lines_know_the_request_its_trace_its_tenant_and_who_asked() throws Exception {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var answer =
                send(
                        asCity("/context")
                                .header("X-Request-Id", "r-1")
                                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        var known = tree(answer);

        assertThat(known.path("requestId").asString()).isEqualTo("r-1");
        assertThat(known.path("tenant").asString()).isEqualTo("city");
        assertThat(known.path("actor").asString()).isEqualTo("anonymous");
        assertThat(known.path("traceparent").asString())
                .matches("00-" + trace + "-[0-9a-f]{16}-01")
                .doesNotContain("00f067aa0ba902b7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            })
    void a_trace_that_is_none_is_replaced(String traceparent) {
        assertThat(RequestTrace.continued(traceparent))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00")
                .doesNotContain("4bf92f35");
    }

    @Test
    void an_unchanged_answer_is_not_sent_again() throws Exception {
        var first = send(asCity("/services"));
        var tag = first.headers().firstValue("ETag").orElseThrow();

        var again = send(asCity("/services").header("If-None-Match", "\"other\", " + tag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).contains(tag);
        assertThat(again.headers().firstValue("Vary").orElseThrow())
                .contains("Accept-Language", "X-TENANT-ID", "Authorization");
        assertThat(again.headers().firstValue("Cache-Control")).contains("no-cache");

        var other =
                send(
                        asCity("/services")
                                .header("If-None-Match", tag)
                                .header("Accept-Language", "en"));
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.headers().firstValue("ETag")).isPresent().isNotEqualTo(tag);
    }

    @Test
    void a_handler_may_tag_its_answer_itself() throws Exception {
        assertThat(send(asCity("/tagged")).headers().allValues("ETag")).containsExactly("\"v7\"");
        assertThat(send(asCity("/tagged").header("If-None-Match", "\"v7\"")).statusCode())
                .isEqualTo(304);
    }

    @Test
    void peoples_data_is_not_to_be_stored() throws Exception {
        var answer = send(asCity("/reservations/00000000-0000-0000-0000-000000000001"));

        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void head_answers_like_get_without_the_body() throws Exception {
        var get = send(asCity("/services"));
        var head = send(asCity("/services").method("HEAD", BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
        assertThat(head.headers().firstValue("Content-Length"))
                .contains(Integer.toString(get.body().length()));
    }

    @Test
    void options_lists_the_methods() throws Exception {
        var answer = send(to("/services").method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET", "HEAD");
    }

    // --- admission

    @Test
    void writes_beyond_those_that_may_wait_are_turned_away_and_reads_are_not() throws Exception {
        calls.gate = new CountDownLatch(1);
        var sent =
                IntStream.range(0, 4)
                        .mapToObj(
                                _ ->
                                        CLIENT.sendAsync(
                                                json(asCity("/reservations"), "POST", ORDER)
                                                        .build(),
                                                BodyHandlers.ofString()))
                        .toList();
        CompletableFuture.anyOf(sent.toArray(CompletableFuture<?>[]::new)).get();

        var turnedAway =
                sent.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow().get();
        assertProblem(turnedAway, 503, "overloaded");
        assertThat(turnedAway.headers().firstValue("Retry-After")).contains("2");
        assertThat(send(asCity("/services")).statusCode()).isEqualTo(200);

        calls.gate.countDown();
        var statuses = sent.stream().map(answer -> answer.join().statusCode()).sorted().toList();
        assertThat(statuses).containsExactly(201, 201, 201, 503);
    }

    // --- pages

    @Test
    void each_problem_has_a_page() throws Exception {
        for (var type : ProblemType.all()) {
            var page = send(to(type.uri()).header("Accept", "text/html"));

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type"))
                    .contains("text/html;charset=UTF-8");
            assertThat(page.body()).contains("<h1>" + type.title() + "</h1>", "<p>");
            assertThat(send(to("/problems")).body()).contains(type.uri());
        }
        assertProblem(send(to("/problems/none")), 404, "not-found");
    }
}
