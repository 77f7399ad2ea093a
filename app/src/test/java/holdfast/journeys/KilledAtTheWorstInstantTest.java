package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.isListed;
import static holdfast.journeys.City.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.Holdfast;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The application as a process with its own database, killed between a hold and its expiry. */
class KilledAtTheWorstInstantTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @SuppressWarnings("NullAway.Init")
    private Process application;

    private final int port = aFreePort();
    private final String url = "http://localhost:" + port;

    @AfterEach
    void stop() throws InterruptedException {
        application.destroy();
        application.waitFor(60, TimeUnit.SECONDS);
    }

    @Test
    void what_was_acknowledged_stays_and_what_was_held_ends_in_time() throws Exception {
        start();
        var visitor = City.found(url, "city", "PT5S");
        var booked = hold(visitor, ADVICE, aSlot(visitor, ADVICE, 3));
        var confirmed = visitor.put("/reservations/" + booked, person("ada1234567", "Ada"));
        assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(201);

        // the application dies between hold and expiry
        var slot = aSlot(visitor, PASSPORT, 3);
        var held = hold(visitor, PASSPORT, slot);
        application.destroyForcibly().waitFor();
        start();

        endsInTime(visitor, held, slot);
        assertThat(visitor.get("/appointments/" + booked).body()).isEqualTo(confirmed.body());

        // its database dies between hold and expiry
        var other = aSlot(visitor, PASSPORT, 4);
        var heldToo = hold(visitor, PASSPORT, other);
        ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> visitor.get("/reservations/" + heldToo).status() == 200);

        endsInTime(visitor, heldToo, other);
        assertThat(visitor.get("/appointments/" + booked).body()).isEqualTo(confirmed.body());
    }

    private void endsInTime(Caller visitor, String held, tools.jackson.databind.JsonNode slot) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> isListed(visitor, PASSPORT, slot));
        var late = visitor.put("/reservations/" + held, person("eve1234567", "Eve"));
        assertThat(late.status()).isEqualTo(410);
        // recorded soon: by then the note of the hold's end stands in the log
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () ->
                                assertThat(Nodes.history(home, held))
                                        .containsExactly(
                                                "reservation.Reserved", "reservation.Expired"));
    }

    private void start() throws IOException {
        var process =
                new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holdfast.class.getName());
        process.environment().put("HOLDFAST_HOME", home.toString());
        process.environment().put("SERVER_PORT", String.valueOf(port));
        process.environment().put("HOLDFAST_OPERATOR_ID", Caller.OPERATOR);
        process.environment().put("HOLDFAST_OPERATOR_SECRET", Caller.SECRET);
        process.redirectErrorStream(true);
        process.redirectOutput(
                ProcessBuilder.Redirect.appendTo(home.resolve("application.log").toFile()));
        application = process.start();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () ->
                                Caller.anonymous(url).get("/actuator/health/readiness").status()
                                        == 200);
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(home.resolve("postgres").resolve("postmaster.pid"))
                        .getFirst()
                        .strip());
    }

    private static int aFreePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
