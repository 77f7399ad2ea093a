package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import holdfast.journeys.RandomClient.Promise;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A busy day on which the application and its database are killed again and again at random: what
 * was answered stays, nothing is given twice, and the tables are what the log adds up to.
 *
 * <p>{@code -Dholdfast.kills=20} kills each of them so often, and {@code -Dholdfast.seed=2} makes
 * other choices. When a process dies in the midst of a call is up to the machine.
 */
class KilledOverAndOverTest {

    private static final int KILLS = Integer.getInteger("holdfast.kills", 2);
    private static final long SEED = Long.getLong("holdfast.seed", 1);
    private static final int CLIENTS = 8;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // or its logs would be gone when they are needed
    @SuppressWarnings("NullAway.Init")
    Path home;

    @SuppressWarnings("NullAway.Init")
    private volatile NodeProcess node;

    private final Queue<Promise> promises = new ConcurrentLinkedQueue<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() throws InterruptedException {
        node.close();
    }

    private enum Victim {
        APPLICATION,
        DATABASE
    }

    @Test
    void what_was_answered_stays_and_nothing_is_given_twice() throws Exception {
        node = NodeProcess.start(home);
        City.found(node.url(), "quick", "PT3S");
        City.found(node.url(), "city", "PT15M");

        var random = new Random(SEED);
        var victims = new ArrayList<Victim>();
        for (var victim : Victim.values()) {
            victims.addAll(Collections.nCopies(KILLS, victim));
        }
        Collections.shuffle(victims, random);
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
            var clients = new ArrayList<RandomClient>();
            var runs = new ArrayList<Future<?>>();
            for (int n = 0; n < CLIENTS; n++) {
                var client =
                        new RandomClient(
                                n % 2 == 0 ? "quick" : "city",
                                new Random(SEED + n),
                                () -> node.url(),
                                promises,
                                surprises);
                clients.add(client);
                runs.add(threads.submit(client::run));
            }
            for (int n = 0; n < victims.size(); n++) {
                awaitPromises(10 + random.nextInt(90));
                kill(n + 1, victims.get(n));
            }
            awaitPromises(50);
            clients.forEach(RandomClient::stop);
            for (var run : runs) {
                run.get();
            }
        }

        awaitEndOfQuickHolds();
        assertThat(surprises).isEmpty();
        whatWasAnsweredIsInTheLog();
        noAnswerCameAfterTheEnd();
        nobodyWasPromisedTheSamePlace();
        verifySaysEqual();
    }

    private void awaitPromises(int more) {
        int before = promises.size();
        await().atMost(NodeProcess.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> promises.size() >= before + more);
    }

    private void kill(int number, Victim victim) throws Exception {
        int answered = promises.size();
        long begun = System.nanoTime();
        switch (victim) {
            case APPLICATION -> {
                node.kill();
                node = NodeProcess.start(home);
            }
            case DATABASE -> {
                node.killDatabase();
                node.awaitReady();
            }
        }
        say(
                "kill %d: the %s, after %d promises; ready again after %.1f s"
                        .formatted(
                                number,
                                victim.name().toLowerCase(Locale.ROOT),
                                answered,
                                (System.nanoTime() - begun) / 1e9));
    }

    /** Prints only where somebody asked for many kills, and so wants to see them. */
    private static void say(String what) {
        if (System.getProperty("holdfast.kills") != null) {
            System.out.println(what);
        }
    }

    private void awaitEndOfQuickHolds() throws Exception {
        await().atMost(NodeProcess.PATIENCE)
                .ignoreExceptions()
                .until(
                        () ->
                                Nodes.database(home)
                                                .sql()
                                                .sql(
                                                        """
                                                        select count(*) from reservation
                                                        where tenant = 'quick' and status = 'RESERVED'
                                                        """)
                                                .query(Long.class)
                                                .single()
                                        == 0);
    }

    private void whatWasAnsweredIsInTheLog() throws Exception {
        Set<String> log =
                Nodes.database(home)
                        .sql()
                        .sql(
                                """
                                select aggregate_identifier || ' ' || payload_type
                                from domain_event_entry where type = 'Reservation'
                                """)
                        .query((row, n) -> row.getString(1))
                        .set();
        assertThat(promises.stream().filter(promise -> !isKept(promise, log))).isEmpty();
        promises.stream()
                .collect(groupingBy(Promise::event))
                .forEach((event, all) -> say("%s promised: %d".formatted(event, all.size())));
    }

    private static boolean isKept(Promise promise, Set<String> log) {
        return log.contains(promise.reservation() + " " + promise.event())
                // giving back a hold that ended is answered alike
                || (promise.event().equals("reservation.Released")
                        && log.contains(promise.reservation() + " reservation.Expired"));
    }

    private void noAnswerCameAfterTheEnd() {
        assertThat(promises)
                .filteredOn(promise -> promise.until() != null)
                .allSatisfy(promise -> assertThat(promise.firstSent()).isBefore(promise.until()));
    }

    private void nobodyWasPromisedTheSamePlace() {
        var cancelled =
                promises.stream()
                        .filter(promise -> promise.event().equals("reservation.Cancelled"))
                        .map(Promise::reservation)
                        .collect(toSet());
        var standing =
                promises.stream()
                        .filter(promise -> promise.event().equals("reservation.Confirmed"))
                        .filter(promise -> !cancelled.contains(promise.reservation()))
                        .collect(groupingBy(promise -> promise.tenant() + promise.start()))
                        .values();
        assertThat(standing)
                .isNotEmpty()
                .allSatisfy(
                        visits -> {
                            assertThat(visits)
                                    .as("at the only desk")
                                    .filteredOn(visit -> !visit.service().equals(ADVICE))
                                    .hasSizeLessThanOrEqualTo(1);
                            assertThat(visits)
                                    .as("at seven counters")
                                    .filteredOn(visit -> !visit.service().equals(PASSPORT))
                                    .hasSizeLessThanOrEqualTo(7);
                        });
    }

    private void verifySaysEqual() throws Exception {
        var output = home.resolve("verify.txt");
        int code = NodeProcess.run(home, output, "verify");
        say(Files.readString(output).strip());
        assertThat(code).as("%s", Files.readString(output)).isZero();
        List<String> said = Files.readAllLines(output);
        assertThat(said.getLast()).contains("equal");
    }
}
