package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.appointment;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.person;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What a client sends to find out, to forge, or to be taken for something else. */
@ExtendWith(OutputCaptureExtension.class)
class HostileRequestsTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller city;

    @SuppressWarnings("NullAway.Init")
    private static Caller neighbour;

    @SuppressWarnings("NullAway.Init")
    private static Caller operator;

    @BeforeAll
    static void twoCities() {
        node = Nodes.start(DATABASE);
        city = City.found(node.url(), "city", "PT15M");
        neighbour = City.found(node.url(), "neighbour", "PT15M");
        operator = Caller.operator(node.url());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void an_id_of_another_tenant_is_answered_like_one_that_never_was() {
        var held = hold(city, ADVICE, aSlot(city, ADVICE, 3));
        var booked = appointment(city, ADVICE, aSlot(city, ADVICE, 4), "hostile1234567");
        var ownHold = hold(neighbour, ADVICE, aSlot(neighbour, ADVICE, 3));
        var desk = operator.of("neighbour");
        var person = person("hostile1234567", "Jo");

        for (var id : List.of(held, booked)) {
            for (var base :
                    List.of(
                            "GET /reservations/#",
                            "PUT /reservations/# " + person,
                            "DELETE /reservations/#",
                            "POST /reservations/#/extension",
                            "GET /appointments/#",
                            "PUT /appointments/# {\"reservationId\": \"%s\"}".formatted(ownHold),
                            "PUT /appointments/#/customer " + person,
                            "DELETE /appointments/#",
                            "GET /appointments/#/calendar.ics",
                            "POST /admin/v1/appointments/#/arrival",
                            "POST /admin/v1/appointments/#/completion",
                            "POST /admin/v1/appointments/#/no-show")) {
                var theirs = answer(desk, base, id);
                var nobodys = answer(desk, base, UUID.randomUUID().toString());
                assertThat(theirs).as(base).isEqualTo(nobodys).startsWith("404 ");
            }
            // nor may a body find out
            assertThat(
                            answer(
                                    desk,
                                    "PUT /appointments/" + ownHold + " {\"reservationId\": \"#\"}",
                                    id))
                    .isEqualTo(
                            answer(
                                    desk,
                                    "PUT /appointments/" + ownHold + " {\"reservationId\": \"#\"}",
                                    UUID.randomUUID().toString()));
        }
        assertThat(city.get("/reservations/" + held).body().path("status").asString())
                .isEqualTo("RESERVED");
        assertThat(city.get("/appointments/" + booked).body().path("status").asString())
                .isEqualTo("CONFIRMED");
    }

    /** Status and body, without the id that was asked for. */
    private static String answer(Caller caller, String call, String id) {
        var parts = call.replace("#", id).split(" ", 3);
        var body = parts.length > 2 ? parts[2] : "";
        var answer =
                switch (parts[0]) {
                    case "GET" -> caller.get(parts[1]);
                    case "PUT" -> caller.put(parts[1], body);
                    case "POST" -> caller.post(parts[1], body);
                    default -> caller.delete(parts[1]);
                };
        return answer.status() + " " + answer.body().toString().replace(id, "#");
    }

    @Test
    void every_kind_of_answer_is_hardened() throws Exception {
        var host = " HTTP/1.1\r\nHost: x\r\nX-TENANT-ID: city\r\n";
        var json = "Content-Type: application/json\r\n";
        var services = raw("GET /services" + host + "Connection: close\r\n\r\n");
        var tag = services.replaceAll("(?s).*\r\nETag: ([^\r]*)\r\n.*", "$1");
        for (var request :
                List.of(
                        "200 GET /services" + host,
                        "200 GET /swagger-ui/index.html" + host,
                        "200 GET /v3/api-docs" + host,
                        "200 GET /problems/slot-taken" + host,
                        "200 GET /actuator/health" + host,
                        "200 GET /oauth2/jwks" + host,
                        "204 OPTIONS /services"
                                + host
                                + "Origin: https://a.example\r\n"
                                + "Access-Control-Request-Method: GET\r\n",
                        "304 GET /services" + host + "If-None-Match: " + tag + "\r\n",
                        "400 POST /reservations" + host + json + "Content-Length: 1\r\n",
                        "400 GET /services HTTP/1.1\r\nHost: x\r\n",
                        "400 GET /%zz" + host,
                        "400 GET /a%0d%0ab" + host,
                        "400 GET /services HTTP/1.1\r\nHost: x\r\nHost: y\r\n",
                        "401 GET /admin/v1/clients" + host,
                        "401 GET /services" + host + "Authorization: Bearer no\r\n",
                        "401 POST /oauth2/token" + host,
                        "404 GET /nothing" + host,
                        "404 GET /reservations/1" + host,
                        "405 PATCH /services" + host,
                        "406 GET /services" + host + "Accept: image/png\r\n",
                        "413 POST /reservations" + host + json + "Content-Length: 100000\r\n",
                        "415 POST /reservations" + host + "Content-Length: 1\r\n")) {
            var answer = raw(request.substring(4) + "Connection: close\r\n\r\n{");

            assertThat(answer).as(request).startsWith("HTTP/1.1 " + request.substring(0, 3));
            var head = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
            assertThat(head)
                    .as(request)
                    .contains(
                            "\r\nx-content-type-options: nosniff",
                            "\r\nx-frame-options: deny",
                            "\r\nreferrer-policy: no-referrer",
                            "\r\npermissions-policy: camera=()",
                            "\r\nx-request-id: ")
                    .doesNotContain(
                            "\r\nserver:", "\r\nx-powered-by:", "\r\nset-cookie:", "tomcat");
            if (request.startsWith("304")) {
                assertThat(head).doesNotContain("content-security-policy");
            } else {
                assertThat(head)
                        .as(request)
                        .contains(
                                head.contains("\r\ncontent-type: text/html")
                                        ? "default-src 'self'"
                                        : "\r\ncontent-security-policy: default-src 'none'")
                        .contains("frame-ancestors 'none'");
            }
        }
    }

    @Test
    void nothing_that_is_sent_begins_a_line_of_the_log_or_colours_it(CapturedOutput log)
            throws Exception {
        var nasty = "x\r\nFORGED by somebody\u001b[31mFORGED\u0085FORGED";
        var inJson = "x\\r\\nFORGED by somebody\\u001b[31mFORGED\\u0085FORGED";
        var inUrl = "x%0d%0aFORGED%1b%5b31mFORGED%c2%85FORGED";

        for (var caller : List.of(city, operator.of("city"))) {
            caller.get("/reservations/" + inUrl);
            caller.get("/services?branchId=" + inUrl + "&" + inUrl + "=1");
            caller.get("/services/" + inUrl + "/timeslots?branchId=" + inUrl + "&from=" + inUrl);
            caller.delete("/appointments/" + inUrl + "?reason=" + inUrl);
            caller.post(
                    "/reservations",
                    """
                    {"serviceId": "#", "branchId": "#", "notes": "#", "#": 1,
                     "timeSlot": {"startTime": "#", "endTime": "#"}}
                    """
                            .replace("#", inJson));
            caller.post(
                    "/appointments/search",
                    "{\"customer\": {\"personalIdentifier\": \"#\"}}".replace("#", inJson));
            caller.post(
                    "/admin/v1/clients",
                    "{\"clientId\": \"#\", \"name\": \"#\", \"scopes\": [\"#\"]}"
                            .replace("#", inJson));
            caller.post(
                    "/admin/v1/clients",
                    "{\"name\": \"#\", \"scopes\": [\"staff\"]}".replace("#", inJson));
            caller.put("/admin/v1/clients/" + inUrl, "{\"scopes\": [\"staff\"]}");
            caller.put("/admin/v1/catalogue", "{\"tenant\": {\"id\": \"#\"}}".replace("#", inJson));
            caller.get("/problems/" + inUrl);
        }
        Caller.askToken(node.url(), nasty, nasty);
        for (var header :
                List.of(
                        "X-TENANT-ID",
                        "X-Request-Id",
                        "traceparent",
                        "Accept-Language",
                        "Idempotency-Key",
                        "Authorization",
                        "Origin",
                        "Content-Type",
                        "User-Agent",
                        "X-Forwarded-For")) {
            for (var value :
                    List.of("x\u001b[31mFORGED", "x\u0085FORGED", "x\rFORGED", "x FORGED")) {
                raw(
                        "POST /reservations HTTP/1.1\r\nHost: x\r\n%s: %s\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                                .formatted(header, value));
            }
        }
        raw("GET /x\u001b[31mFORGED HTTP/1.1\r\nHost: x\r\n\r\n");
        raw("FORGED\u001b[31m /services HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(log.getAll().lines())
                .noneMatch(line -> line.startsWith("FORGED") || line.contains("\u001b[31mFORGED"))
                .noneMatch(line -> line.contains("\u0085FORGED"));
        assertThat(
                        DATABASE.sql()
                                .sql(
                                        """
                                        select convert_from(meta_data, 'UTF8')
                                        from domain_event_entry
                                        """)
                                .query(String.class)
                                .list())
                .noneMatch(line -> line.contains("FORGED"));
    }

    private static String raw(String request) throws IOException {
        var port = URI.create(node.url()).getPort();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
