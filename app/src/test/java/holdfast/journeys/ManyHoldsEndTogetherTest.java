package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.reserve;
import static holdfast.journeys.City.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds that end at the same instant, on a clock that stands still while they are placed: they are
 * free for everybody at that instant, and each is recorded once, soon.
 */
class ManyHoldsEndTogetherTest {

    private static final Duration HOLD = Duration.ofMinutes(15);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int COUNTERS = 7;
    private static final int CALLERS = 32;

    @Test
    void ten_thousand_are_free_at_their_instant_and_recorded_once_by_two_nodes() throws Exception {
        int holds = 10_000;
        StoppedClock.stop();
        var database = TestDatabase.fresh();
        try (var node = Nodes.startWith(StoppedClock.class, database);
                var other = Nodes.startWith(StoppedClock.class, database)) {
            var visitor = City.found(node.url(), "city", HOLD.toString());
            var listed = slots(visitor, ADVICE).subList(0, holds / COUNTERS + 1);
            assertThat(holdEvery(listed, visitor, holds)).isEqualTo(holds);
            assertThat(slots(visitor, ADVICE)).doesNotContainAnyElementsOf(listed.subList(0, 1000));

            StoppedClock.goOnFrom(StoppedClock.stoppedAt.plus(HOLD));

            assertThat(slots(visitor, ADVICE)).containsAll(free(listed, visitor));
            assertThat(slots(visitor.at(other.url()), ADVICE))
                    .containsAll(free(listed, visitor.at(other.url())));
            hold(visitor.at(other.url()), ADVICE, listed.getLast());
            await().atMost(PATIENCE).until(() -> expired(database) == holds);
            assertThat(longestHistory(database)).isEqualTo(2);
            assertThat(claims(database)).isEqualTo(1);
            System.out.println(lateness(database));
        }
    }

    @Test
    void what_fell_due_while_nobody_ran_is_recorded_after_the_start() throws Exception {
        int holds = 700;
        StoppedClock.stop();
        var database = TestDatabase.fresh();
        try (var node = Nodes.startWith(StoppedClock.class, database)) {
            var visitor = City.found(node.url(), "city", HOLD.toString());
            var listed = slots(visitor, ADVICE).subList(0, holds / COUNTERS);
            assertThat(holdEvery(listed, visitor, holds)).isEqualTo(holds);
        }
        StoppedClock.goOnFrom(StoppedClock.stoppedAt.plus(HOLD).plus(Duration.ofHours(1)));
        try (TestNode again = Nodes.startWith(StoppedClock.class, database)) {
            var ready = Instant.now();
            await().atMost(PATIENCE).until(() -> expired(database) == holds);
            System.out.printf(
                    "%d overdue holds were recorded %d ms after the start%n",
                    holds, ready.until(Instant.now(), ChronoUnit.MILLIS));
            assertThat(slots(Caller.anonymous(again.url()).of("city"), ADVICE)).isNotEmpty();
        }
        assertThat(longestHistory(database)).isEqualTo(2);
    }

    /** How many holds it got, of so many asked for, seven in each slot. */
    private static int holdEvery(List<JsonNode> slots, Caller visitor, int most) throws Exception {
        var got = new AtomicInteger();
        var next = new AtomicInteger();
        List<Callable<Void>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            callers.add(
                    () -> {
                        int n;
                        while ((n = next.getAndIncrement()) < most) {
                            var slot = slots.get(n / COUNTERS);
                            var answer =
                                    visitor.post(
                                            "/external/v1/reservations", reserve(ADVICE, slot));
                            if (answer.status() == 201) {
                                got.incrementAndGet();
                            }
                        }
                        return null;
                    });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(callers)) {
                done.get();
            }
        }
        return got.get();
    }

    /** Those of the slots that have not begun yet. */
    private static List<JsonNode> free(List<JsonNode> slots, Caller visitor) {
        var earliest = slots(visitor, ADVICE).getFirst().path("timeSlot").path("startTime");
        int first = 0;
        while (!slots.get(first).path("timeSlot").path("startTime").equals(earliest)) {
            first++;
        }
        return slots.subList(first, slots.size());
    }

    private static long expired(TestDatabase database) {
        return number(
                database,
                "select count(*) from domain_event_entry where payload_type ="
                        + " 'reservation.Expired'");
    }

    private static long longestHistory(TestDatabase database) {
        return number(
                database,
                "select max(sequence_number) + 1 from domain_event_entry where type ="
                        + " 'Reservation'");
    }

    private static long claims(TestDatabase database) {
        return number(database, "select count(*) from claim");
    }

    private static long number(TestDatabase database, String query) {
        return database.sql().sql(query).query((row, n) -> row.getLong(1)).single();
    }

    private static String lateness(TestDatabase database) {
        return database.sql()
                .sql(
                        """
                        select 'recorded late by p50 ' || percentile_cont(0.5) within group (order by late)
                            || ' s, p99 ' || percentile_cont(0.99) within group (order by late)
                            || ' s, at most ' || max(late) || ' s'
                        from (select extract(epoch from recorded_at - (payload ->> 'expiredAt')::timestamptz) late
                              from event_log where name = 'reservation.Expired') as expired
                        """)
                .query((row, n) -> row.getString(1))
                .single();
    }

    /** Takes the place of the application's clock. */
    @Configuration(proxyBeanMethods = false)
    static class StoppedClock {

        static volatile Instant stoppedAt = Instant.EPOCH;
        private static volatile Duration ahead = Duration.ZERO;
        private static volatile boolean stopped;

        static void stop() {
            stoppedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
            stopped = true;
        }

        static void goOnFrom(Instant instant) {
            ahead = Duration.between(Instant.now(), instant);
            stopped = false;
        }

        @Bean
        @Primary
        Clock clockOfTheTest() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return stopped
                            ? stoppedAt
                            : Instant.now().plus(ahead).truncatedTo(ChronoUnit.MICROS);
                }
            };
        }
    }
}
