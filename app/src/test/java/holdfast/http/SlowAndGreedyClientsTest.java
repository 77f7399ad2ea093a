package holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Clients that send or read slowly, or send too much, over real sockets. */
@SpringBootTest(
        classes = PlumbingSlice.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "holdfast.http.head-patience=1s",
            "holdfast.http.body-patience=1s",
            "holdfast.http.reads-at-once=2",
            "holdfast.http.writes-at-once=2",
            "holdfast.http.writes-waiting=1",
            "holdfast.http.patience=20s",
            "server.tomcat.connection-timeout=2s",
        })
@ActiveProfiles(PlumbingSlice.PROFILE)
class SlowAndGreedyClientsTest {

    private static final int MANY = 300;
    private static final Duration CUT_OFF = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @LocalServerPort int port;
    @Autowired PlumbingSlice.Calls calls;

    private final List<Socket> sockets = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void hangUp() throws IOException {
        calls.gate.countDown();
        clock.shutdownNow();
        for (var socket : sockets) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /services HTTP/1.1\r\nHost: x\r\nX-Slow: ",
                "POST /reservations HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n",
                "POST /reservations HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "fff0\r\n",
            })
    void who_sends_a_byte_now_and_then_disturbs_nobody_and_is_cut_off(String begin)
            throws Exception {
        var dripping = new ArrayList<Socket>();
        for (int n = 0; n < MANY; n++) {
            dripping.add(connected(begin));
        }
        clock.scheduleWithFixedDelay(
                () -> dripping.forEach(SlowAndGreedyClientsTest::drip),
                0,
                200,
                TimeUnit.MILLISECONDS);

        assertThat(get("/services").statusCode()).isEqualTo(200);
        assertThat(post("{}").statusCode()).isEqualTo(400); // it was let in and read
        long began = System.nanoTime();
        for (var socket : dripping) {
            awaitItsEnd(socket);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CUT_OFF);
    }

    @Test
    void a_body_that_comes_too_slowly_is_answered_with_408() throws Exception {
        var socket =
                connected(
                        "POST /reservations HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{");
        clock.scheduleWithFixedDelay(() -> drip(socket), 0, 200, TimeUnit.MILLISECONDS);
        assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("/problems/body-too-slow");
    }

    @Test
    void who_does_not_read_a_big_answer_keeps_no_place_and_is_cut_off() throws Exception {
        for (int n = 0; n < 20; n++) {
            var socket = new Socket();
            socket.setReceiveBufferSize(4_096);
            connect(socket, "GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
            int begun = n + 1;
            await().until(() -> calls.begun.get() == begun);
        }
        assertThat(get("/services").statusCode()).isEqualTo(200);
        await().atMost(CUT_OFF).until(() -> calls.ended.get() == 20);
    }

    @Test
    void reads_beyond_those_that_are_worked_on_are_turned_away_at_once() throws Exception {
        calls.gate = new CountDownLatch(1);
        var first = CLIENT.sendAsync(request("/waiting").build(), BodyHandlers.ofString());
        var second = CLIENT.sendAsync(request("/waiting").build(), BodyHandlers.ofString());
        await().until(() -> calls.waiting.get() == 2);

        var third = get("/services");
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(get("/actuator/anything").statusCode()).isEqualTo(404); // not turned away
        calls.gate.countDown();
        assertThat(CompletableFuture.allOf(first, second).thenApply(_ -> first.join().statusCode()))
                .succeedsWithin(CUT_OFF)
                .isEqualTo(200);
        await().until(() -> get("/services").statusCode() == 200);
    }

    @Test
    void a_body_that_says_it_is_too_large_is_refused_unread() throws Exception {
        var socket =
                connected(
                        "POST /reservations HTTP/1.1\r\n"
                                + "Host: x\r\n"
                                + "Content-Length: 999999999\r\n\r\n");
        assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("/problems/body-too-large");
    }

    @Test
    void a_body_that_does_not_say_how_large_it_is_is_cut_at_the_limit() throws Exception {
        var socket =
                connected(
                        "POST /reservations HTTP/1.1\r\n"
                                + "Host: x\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n");
        var piece = ("2000\r\n" + " ".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int sent = 0; sent <= 64 * 1024; sent += 0x2000) {
            socket.getOutputStream().write(piece); // and no end
        }
        assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("/problems/body-too-large");
    }

    private Socket connected(String begin) throws IOException {
        return connect(new Socket(), begin);
    }

    private Socket connect(Socket socket, String begin) throws IOException {
        sockets.add(socket);
        socket.connect(new java.net.InetSocketAddress("localhost", port));
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void drip(Socket socket) {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException closed) {
            // which is what is waited for
        }
    }

    private static void awaitItsEnd(Socket socket) throws IOException {
        socket.setSoTimeout((int) CUT_OFF.toMillis());
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException open) {
            throw new AssertionError("It was not cut off", open);
        } catch (IOException reset) {
            // an end, too
        }
    }

    /** The answer's first bytes, with its body. */
    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout((int) CUT_OFF.toMillis());
        var text = new StringBuilder();
        var piece = new byte[4_096];
        while (!text.toString().contains("}")) {
            int length = socket.getInputStream().read(piece);
            if (length < 0) {
                break;
            }
            text.append(new String(piece, 0, length, StandardCharsets.US_ASCII));
        }
        return text.toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("X-TENANT-ID", "city")
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return CLIENT.send(
                request("/reservations").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }
}
