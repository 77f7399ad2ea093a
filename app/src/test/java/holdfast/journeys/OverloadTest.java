package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.reserve;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.journeys.Caller.Answer;
import holdfast.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Requests that come five times as fast as a node can serve them, whether or not it answers. */
class OverloadTest {

    private static final Duration STORM = Duration.ofSeconds(3);

    private record Timed(Answer answer, Duration took) {}

    @Test
    void a_node_serves_what_it_can_refuses_the_rest_at_once_and_recovers(TestReporter reporter)
            throws Exception {
        var database = TestDatabase.fresh();
        try (var node =
                Nodes.start(
                        database,
                        "holdfast.http.writes-at-once=2",
                        "holdfast.http.writes-waiting=20",
                        "holdfast.http.patience=1s")) {
            var visitor = City.found(node.url(), "city", "PT15M");
            var body = reserve(ADVICE, aSlot(visitor, ADVICE, 3));
            Supplier<Timed> hold = () -> timed(() -> visitor.post("/reservations", body));
            servedInASecond(hold); // to be warm
            int perSecond = servedInASecond(hold);

            int offered = (int) (5 * perSecond * STORM.toSeconds());
            var answers = storm(offered, hold, reporter, visitor);

            var refused = answers.stream().filter(each -> each.answer().status() == 503).toList();
            var served = answers.size() - refused.size();
            reporter.publishEntry("served a second before", String.valueOf(perSecond));
            reporter.publishEntry("offered", String.valueOf(offered));
            reporter.publishEntry("answered", String.valueOf(served));
            reporter.publishEntry("refused", String.valueOf(refused.size()));
            reporter.publishEntry("refused within, p50", quantile(refused, 0.5).toString());
            reporter.publishEntry("refused within, p99", quantile(refused, 0.99).toString());
            assertThat(answers)
                    .extracting(each -> each.answer().status())
                    .isSubsetOf(201, 409, 503);
            assertThat(refused)
                    .isNotEmpty()
                    .allSatisfy(
                            each -> {
                                assertThat(each.answer().type()).isEqualTo("/problems/overloaded");
                                assertThat(each.answer().header("Retry-After")).isEqualTo("2");
                            });
            assertThat(served).isGreaterThan(0);

            var next = reserve(ADVICE, aSlot(visitor, ADVICE, 4));
            var after = timed(() -> visitor.post("/reservations", next));
            reporter.publishEntry("booked afterwards within", after.took().toString());
            assertThat(after.answer().status()).isEqualTo(201);
            assertThat(after.took()).isLessThan(Duration.ofSeconds(2));
        }
    }

    /** By two clients that wait for their answers. */
    private static int servedInASecond(Supplier<Timed> hold) {
        var end = Instant.now().plusSeconds(1);
        return Crowd.atOnce(
                        2,
                        n -> {
                            int served = 0;
                            while (Instant.now().isBefore(end)) {
                                served += hold.get().answer().status() == 503 ? 0 : 1;
                            }
                            return served;
                        })
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** All requests at their times, while health is asked, too. */
    private static List<Timed> storm(
            int offered, Supplier<Timed> hold, TestReporter reporter, Caller visitor) {
        var begin = Instant.now();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var health =
                    List.of("liveness", "readiness").stream()
                            .map(
                                    which ->
                                            CompletableFuture.supplyAsync(
                                                    () -> {
                                                        Crowd.awaitInstant(
                                                                begin.plus(STORM.dividedBy(2)));
                                                        return timed(
                                                                () ->
                                                                        visitor.get(
                                                                                "/actuator/health/"
                                                                                        + which));
                                                    },
                                                    threads))
                            .toList();
            var running = new ArrayList<CompletableFuture<Timed>>();
            for (int n = 0; n < offered; n++) {
                Crowd.awaitInstant(begin.plus(STORM.multipliedBy(n).dividedBy(offered)));
                running.add(CompletableFuture.supplyAsync(hold, threads));
            }
            for (var each : health) {
                var asked = each.join();
                reporter.publishEntry("health within", asked.took().toString());
                assertThat(asked.answer().status()).isEqualTo(200);
                assertThat(asked.took()).isLessThan(Duration.ofSeconds(5));
            }
            return running.stream().map(CompletableFuture::join).toList();
        }
    }

    private static Timed timed(Supplier<Answer> call) {
        long began = System.nanoTime();
        var answer = call.get();
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - began));
    }

    private static Duration quantile(List<Timed> answers, double which) {
        var sorted = answers.stream().map(Timed::took).sorted().toList();
        return sorted.get((int) (which * (sorted.size() - 1)));
    }
}
