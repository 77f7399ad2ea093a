package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.isListed;
import static holdfast.journeys.City.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** The application as a process with its own database, killed between a hold and its expiry. */
class KilledAtTheWorstInstantTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @SuppressWarnings("NullAway.Init")
    private NodeProcess node;

    @AfterEach
    void stop() throws InterruptedException {
        node.close();
    }

    @Test
    void what_was_acknowledged_stays_and_what_was_held_ends_in_time() throws Exception {
        node = NodeProcess.start(home);
        var visitor = City.found(node.url(), "city", "PT5S");
        var booked = hold(visitor, ADVICE, aSlot(visitor, ADVICE, 3));
        var confirmed = visitor.put("/reservations/" + booked, person("ada1234567", "Ada"));
        assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(201);

        // the application dies between hold and expiry
        var slot = aSlot(visitor, PASSPORT, 3);
        var held = hold(visitor, PASSPORT, slot);
        node.kill();
        node = NodeProcess.start(home);
        visitor = visitor.at(node.url());

        endsInTime(visitor, held, slot);
        assertThat(visitor.get("/appointments/" + booked).body()).isEqualTo(confirmed.body());

        // its database dies between hold and expiry
        var other = aSlot(visitor, PASSPORT, 4);
        var heldToo = hold(visitor, PASSPORT, other);
        node.killDatabase();
        var again = visitor;
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> again.get("/reservations/" + heldToo).status() == 200);

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
}
