package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.WEDDING;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.isListed;
import static holdfast.journeys.City.reserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.journeys.Caller.Answer;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many clients, two nodes, one database: winners are as many as there are places. */
class RacingForAPlaceTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode one;

    @SuppressWarnings("NullAway.Init")
    private static TestNode other;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @BeforeAll
    static void twoNodes() {
        one = Nodes.start(DATABASE);
        other = Nodes.start(DATABASE);
        visitor = City.found(one.url(), "city", "PT15M");
        // the other node hears of the city through the log
        await().atMost(Duration.ofSeconds(20))
                .until(() -> visitor.at(other.url()).get("/services").body().size() == 3);
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    @Test
    void of_fifty_clients_one_gets_the_only_place_and_the_others_hear_what_is_free() {
        var slot = aSlot(visitor, PASSPORT, 3);
        var answers = atOnce(50, n -> node(n).post("/reservations", reserve(PASSPORT, slot)));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .hasSize(49)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.type()).isEqualTo("/problems/slot-taken");
                            assertThat(answer.body().path("alternatives").size()).isEqualTo(5);
                        });
    }

    @Test
    void of_fifty_clients_seven_get_into_a_pool_of_seven() {
        var slot = aSlot(visitor, ADVICE, 4);
        var answers = atOnce(50, n -> node(n).post("/reservations", reserve(ADVICE, slot)));
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(7);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(43);
    }

    @Test
    void visits_that_need_two_things_and_visits_that_need_one_of_them_never_oversell() {
        var slot = aSlot(visitor, WEDDING, 5);
        var services = List.of(WEDDING, PASSPORT, ADVICE);
        var answers =
                atOnce(60, n -> node(n).post("/reservations", reserve(services.get(n % 3), slot)));
        assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
        assertThat(
                        DATABASE.sql()
                                .sql(
                                        """
                                        select count(*) from claim
                                        where places = 'desk-1' and lower(visit) = ?::timestamptz
                                        """)
                                .param(slot.path("timeSlot").path("startTime").asString())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void what_one_node_sold_the_other_stops_showing() {
        var slot = aSlot(visitor, PASSPORT, 6);
        City.hold(visitor.at(one.url()), PASSPORT, slot);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !isListed(visitor.at(other.url()), PASSPORT, slot));
    }

    private static Answer result(Future<Answer> running) {
        try {
            return running.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException cause) {
            throw new IllegalStateException(cause);
        }
    }

    private static Caller node(int n) {
        return visitor.at(n % 2 == 0 ? one.url() : other.url());
    }

    private static List<Answer> atOnce(int clients, IntFunction<Answer> call) {
        var barrier = new CyclicBarrier(clients);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Answer>>();
            for (int n = 0; n < clients; n++) {
                int number = n;
                running.add(
                        threads.submit(
                                () -> {
                                    barrier.await();
                                    return call.apply(number);
                                }));
            }
            return running.stream().map(RacingForAPlaceTest::result).toList();
        }
    }
}
