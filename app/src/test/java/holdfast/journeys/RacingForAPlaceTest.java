package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.COUNTERS;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.QUESTION;
import static holdfast.journeys.City.TALK;
import static holdfast.journeys.City.WEDDING;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.inDays;
import static holdfast.journeys.City.isListed;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.reserve;
import static holdfast.journeys.City.slots;
import static holdfast.journeys.Crowd.atOnce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.journeys.Caller.Answer;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A thousand clients at once, at one node and at two on one database: winners are as many as there
 * are places, the others hear what is free, and log, ledger, register and slots agree afterwards.
 */
class RacingForAPlaceTest {

    private static final int CLIENTS = 1_000;
    private static final Map<String, Integer> PLACES = Map.of("desk-1", 1, "counters", COUNTERS);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode one;

    @SuppressWarnings("NullAway.Init")
    private static TestNode other;

    /** Books with holds that outlast each test. */
    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    /** Books with holds that last two seconds. */
    @SuppressWarnings("NullAway.Init")
    private static Caller hasty;

    /** Extends as often as it likes. */
    @SuppressWarnings("NullAway.Init")
    private static Caller patient;

    private long began;

    @BeforeAll
    static void twoNodes() {
        one = aNode();
        other = aNode();
        visitor = City.found(one.url(), "city", "PT15M");
        hasty = City.found(one.url(), "hasty", "PT5S");
        patient = City.found(one.url(), "patient", "PT15M");
        var often =
                City.catalogue("patient", "PT15M")
                        .replace("\"hold\"", "\"maxHoldExtensions\": 1000, \"hold\"");
        Caller.operator(one.url()).of("patient").put("/admin/v1/catalogue", often);
        // the other node hears of them through the log
        for (var caller : List.of(visitor, hasty, patient)) {
            await().atMost(PATIENCE)
                    .until(() -> caller.at(other.url()).get("/services").body().size() == 5);
        }
    }

    /** With room and time for every client to wait: here nobody is turned away. */
    private static TestNode aNode() {
        return Nodes.start(
                DATABASE,
                "holdfast.http.writes-waiting=4000",
                "holdfast.http.patience=60s",
                "spring.datasource.hikari.connection-timeout=60000");
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    @BeforeEach
    void begin() {
        began = System.nanoTime();
    }

    @AfterEach
    void nobody_met_a_deadlock() {
        assertThat(
                        DATABASE.sql()
                                .sql(
                                        "select deadlocks from pg_stat_database where datname ="
                                                + " current_database()")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void one_gets_the_only_place(int nodes, TestReporter reporter) {
        var slot = aSlot(visitor, PASSPORT, 3 + nodes);
        var answers = atOnce(CLIENTS, n -> hold(visitor, nodes, n, PASSPORT, slot));
        wonAndLost(answers, 1, reporter);
        allAgree(visitor, "city", wishesFor(slot));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void seven_get_into_a_pool_of_seven(int nodes, TestReporter reporter) {
        var slot = aSlot(visitor, ADVICE, 6 + nodes);
        var answers = atOnce(CLIENTS, n -> hold(visitor, nodes, n, ADVICE, slot));
        wonAndLost(answers, COUNTERS, reporter);
        allAgree(visitor, "city", wishesFor(slot));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void visits_of_all_lengths_fill_a_pool_and_never_more(int nodes, TestReporter reporter) {
        var day = inDays(10 + nodes);
        // three hours, in which each service has starts of its own
        var starts =
                Map.of(
                        ADVICE, slots(visitor, ADVICE, day).subList(0, 6),
                        QUESTION, slots(visitor, QUESTION, day).subList(0, 18),
                        TALK, slots(visitor, TALK, day).subList(0, 18));
        var random = new Random(nodes);
        var wishes = new ArrayList<Wish>();
        for (int n = 0; n < CLIENTS; n++) {
            var service = List.of(ADVICE, QUESTION, TALK).get(n % 3);
            var some = starts.getOrDefault(service, List.of());
            wishes.add(new Wish(service, some.get(random.nextInt(some.size()))));
        }
        var answers =
                atOnce(
                        CLIENTS,
                        n ->
                                hold(
                                        visitor,
                                        nodes,
                                        n,
                                        wishes.get(n).service(),
                                        wishes.get(n).slot()));
        var winners = wonAndLost(answers, null, reporter);
        assertThat(winners).hasSizeGreaterThanOrEqualTo(COUNTERS * 3);
        var log = allAgree(visitor, "city", wishes);
        // nobody lost who would have had room: what was not given does not fit
        for (int n = 0; n < CLIENTS; n++) {
            if (answers.get(n).status() == 409) {
                assertThat(wishes.get(n).fits(log)).as("%s", wishes.get(n)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void visits_that_need_two_things_and_visits_that_need_one_of_them_never_oversell(
            int nodes, TestReporter reporter) {
        var slot = aSlot(visitor, WEDDING, 12 + nodes);
        var services = List.of(WEDDING, PASSPORT, ADVICE);
        var answers = atOnce(CLIENTS, n -> hold(visitor, nodes, n, services.get(n % 3), slot));
        var winners = wonAndLost(answers, null, reporter);
        var log = allAgree(visitor, "city", wishesFor(slot));
        var taken = new TreeMap<String, Integer>();
        for (var winner : winners) {
            var visit = log.visit(winner.body().path("reservationId").asString());
            visit.takes.forEach((places, units) -> taken.merge(places, units, Integer::sum));
        }
        assertThat(taken).isEqualTo(PLACES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_storm_of_everything_oversells_nothing_and_forgets_nothing(
            int nodes, TestReporter reporter) {
        var wishes = new ArrayList<Wish>();
        for (var service : List.of(ADVICE, PASSPORT, WEDDING, QUESTION, TALK)) {
            slots(hasty, service, inDays(15 + nodes)).stream()
                    .limit(4)
                    .forEach(slot -> wishes.add(new Wish(service, slot)));
        }
        var mixed = atOnce(CLIENTS, n -> new MixedClient(nodes, n).run(wishes));

        var counts = new TreeMap<String, Integer>();
        mixed.forEach(client -> client.seen.forEach(what -> counts.merge(what, 1, Integer::sum)));
        counts.forEach((what, count) -> reporter.publishEntry(what, String.valueOf(count)));

        var log = allAgree(hasty, "hasty", wishes);
        for (var client : mixed) {
            client.acknowledged.forEach(
                    (reservation, ends) ->
                            assertThat(log.visit(reservation).status)
                                    .as("%s of client %d", reservation, client.number)
                                    .isEqualTo(ends));
        }
        assertThat(counts.keySet())
                .as("a storm in which everything happens")
                .contains("hold 201", "hold 409", "confirm 201", "late confirm 410")
                .contains("release 204", "cancel 204", "extend 200", "second extend 409");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_crowd_on_one_reservation_is_told_how_it_stands(int nodes, TestReporter reporter) {
        int clients = 300;
        var slot = aSlot(visitor, ADVICE, 18 + nodes);
        var held = City.hold(visitor, ADVICE, slot);
        var path = "/reservations/" + held;
        var answers =
                atOnce(
                        clients,
                        n -> {
                            var caller = at(visitor, nodes, n);
                            return switch (n % 4) {
                                case 0 -> caller.post(path + "/extension", "");
                                case 1 -> caller.put(path, person("ada1234567", "Ada"));
                                case 2 -> caller.put(path, person("eve1234567", "Eve"));
                                default -> caller.delete(path);
                            };
                        });
        report(reporter, answers);
        for (int n = 0; n < clients; n++) {
            assertThat(said(answers.get(n)))
                    .isIn(
                            switch (n % 4) {
                                case 0 ->
                                        List.of("200", "409 extensions-used-up", "409 not-on-hold");
                                case 1, 2 ->
                                        List.of(
                                                "201",
                                                "409 confirmed-with-other-details",
                                                "409 not-on-hold");
                                default -> List.of("204", "409 already-confirmed");
                            });
        }
        var visit = allAgree(visitor, "city", wishesFor(slot)).visit(held);
        var confirmed = visit.status.equals("CONFIRMED");
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 201)
                .hasSize(confirmed ? clients / 4 : 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_crowd_that_changes_one_reservation_all_succeeds(int nodes, TestReporter reporter) {
        var held = City.hold(patient, ADVICE, aSlot(patient, ADVICE, 3 + nodes));
        var answers =
                atOnce(
                        60,
                        n ->
                                at(patient, nodes, n)
                                        .post("/reservations/" + held + "/extension", ""));
        report(reporter, answers);
        assertThat(answers).extracting(RacingForAPlaceTest::said).containsOnly("200");
        var visit = allAgree(patient, "patient", List.of()).visit(held);
        assertThat(visit.history).hasSize(61);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void at_the_very_instant_at_which_a_hold_ends_one_of_them_has_it(
            int nodes, TestReporter reporter) {
        int rounds = 300;
        var free = slots(hasty, PASSPORT);
        var rendezvous = Instant.now().plusSeconds(1);
        var outcomes =
                atOnce(
                        rounds,
                        n -> {
                            Crowd.awaitInstant(rendezvous.plusMillis(10L * n));
                            var slot = free.get(48 * (18 + 10 * nodes) + n);
                            return atTheEnd(nodes, n, slot);
                        });
        var counts = new TreeMap<String, Integer>();
        outcomes.forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
        counts.forEach((what, count) -> reporter.publishEntry(what, String.valueOf(count)));
        allAgree(hasty, "hasty", List.of());
        assertThat(counts.keySet()).contains("confirmed", "taken over");
    }

    /** The holder confirms, or extends, while two others want the place, all within moments. */
    private static String atTheEnd(int nodes, int round, JsonNode slot) {
        var random = new Random(round);
        var held = hold(hasty, nodes, round, PASSPORT, slot);
        assertThat(held.status()).isEqualTo(201);
        var id = held.body().path("reservationId").asString();
        var ends = OffsetDateTime.parse(held.body().path("expiresAt").asString()).toInstant();
        boolean extends_ = round % 3 == 0;
        // the holder's request takes its time, too
        long[] aims = {
            random.nextLong(-150_000, 5_000),
            random.nextLong(-15_000, 5_000),
            random.nextLong(-5_000, 15_000)
        };
        var answers =
                atOnce(
                        3,
                        n -> {
                            Crowd.awaitInstant(ends.plusNanos(1_000L * aims[n]));
                            var caller = at(hasty, nodes, round + n);
                            if (n > 0) {
                                return hold(hasty, nodes, round + n, PASSPORT, slot);
                            }
                            return extends_
                                    ? caller.post("/reservations/" + id + "/extension", "")
                                    : caller.put(
                                            "/reservations/" + id, person("ada1234567", "Ada"));
                        });
        assertThat(said(answers.get(0))).isIn("200", "201", "410 hold-lapsed");
        assertThat(answers.subList(1, 3))
                .allSatisfy(answer -> assertThat(said(answer)).isIn("201", "409 slot-taken"));
        boolean kept = answers.get(0).status() != 410;
        boolean given = answers.subList(1, 3).stream().anyMatch(hold -> hold.status() == 201);
        if (kept && !extends_) {
            assertThat(given).as("given while it was confirmed: %s", id).isFalse();
        }
        return given ? "taken over" : kept ? extends_ ? "extended" : "confirmed" : "nobody's";
    }

    @Test
    void what_one_node_sold_the_other_stops_showing() {
        var slot = aSlot(visitor, PASSPORT, 2);
        City.hold(visitor.at(one.url()), PASSPORT, slot);
        await().atMost(PATIENCE).until(() -> !isListed(visitor.at(other.url()), PASSPORT, slot));
    }

    /** A client that holds, and then does one of the things that people do. */
    private static final class MixedClient {

        final int number;
        final List<String> seen = new ArrayList<>();

        /** How a reservation must end after the last answer about it; others may end either way. */
        final Map<String, String> acknowledged = new TreeMap<>();

        private final Random random;
        private final Caller caller;
        private final Caller elsewhere;

        MixedClient(int nodes, int number) {
            this.number = number;
            this.random = new Random(number);
            this.caller = at(hasty, nodes, number);
            this.elsewhere = at(hasty, nodes, number + 1);
        }

        MixedClient run(List<Wish> wishes) {
            for (int attempt = 0; attempt < 2; attempt++) {
                var wish = wishes.get(random.nextInt(wishes.size()));
                var held = caller.post("/reservations", reserve(wish.service(), wish.slot()));
                see("hold", held, "201", "409 slot-taken");
                if (held.status() == 201) {
                    goOn(held.body());
                } else {
                    hearsWhatIsFree(held);
                }
            }
            return this;
        }

        private void goOn(JsonNode held) {
            var id = held.path("reservationId").asString();
            var path = "/reservations/" + id;
            var me = person("client%05d".formatted(number % 50), "Ada"); // some come twice
            switch (random.nextInt(8)) {
                case 0 -> confirm(id, me);
                case 1 -> {
                    var both = atOnce(2, n -> (n == 0 ? caller : elsewhere).put(path, me));
                    both.forEach(answer -> see("confirm twice", answer, "201", "410 hold-lapsed"));
                    if (both.stream().anyMatch(answer -> answer.status() == 201)) {
                        acknowledged.put(id, "CONFIRMED");
                        see("confirm again", caller.put(path, me), "201");
                    }
                }
                case 2 -> {
                    var extended = caller.post(path + "/extension", "");
                    see("extend", extended, "200", "410 hold-lapsed");
                    if (extended.status() == 200) {
                        var again = elsewhere.post(path + "/extension", "");
                        see("second extend", again, "409 extensions-used-up", "410 hold-lapsed");
                        confirm(id, me);
                    }
                }
                case 3 -> see("release", caller.delete(path), "204");
                case 4 -> {
                    if (confirm(id, me)) {
                        var path2 = "/appointments/" + id;
                        see("cancel", elsewhere.delete(path2), "204");
                        see("cancel again", caller.delete(path2), "204");
                        acknowledged.put(id, "CANCELLED");
                    }
                }
                case 5 -> acknowledged.put(id, "EXPIRED"); // walks away
                case 6 -> {
                    var ends = OffsetDateTime.parse(held.path("expiresAt").asString());
                    Crowd.awaitInstant(ends.toInstant());
                    see("late confirm", caller.put(path, me), "410 hold-lapsed");
                    acknowledged.put(id, "EXPIRED");
                }
                default -> {
                    var answers =
                            atOnce(2, n -> n == 0 ? caller.put(path, me) : elsewhere.delete(path));
                    see(
                            "confirm in a race",
                            answers.get(0),
                            "201",
                            "409 not-on-hold",
                            "410 hold-lapsed");
                    see("release in a race", answers.get(1), "204", "409 already-confirmed");
                    if (answers.get(0).status() == 201) {
                        acknowledged.put(id, "CONFIRMED");
                        assertThat(answers.get(1).status()).isEqualTo(409);
                    }
                }
            }
        }

        private boolean confirm(String id, String me) {
            var answer = caller.put("/reservations/" + id, me);
            see("confirm", answer, "201", "410 hold-lapsed");
            acknowledged.put(id, answer.status() == 201 ? "CONFIRMED" : "EXPIRED");
            return answer.status() == 201;
        }

        private void see(String what, Answer answer, String... legal) {
            assertThat(said(answer)).as(what).isIn((Object[]) legal);
            seen.add(what + " " + answer.status());
        }
    }

    /** What somebody would like to hold. */
    private record Wish(String service, JsonNode slot) {

        boolean fits(FoldedLog log) {
            var start = OffsetDateTime.parse(slot.path("timeSlot").path("startTime").asString());
            var end = OffsetDateTime.parse(slot.path("timeSlot").path("endTime").asString());
            int after = service.equals(TALK) ? 10 : 0;
            return log.hasRoom(needs(), start.toInstant(), end.plusMinutes(after).toInstant());
        }

        boolean isAmong(List<JsonNode> slots) {
            return slots.stream()
                    .anyMatch(each -> each.path("timeSlot").equals(slot.path("timeSlot")));
        }

        LocalDate date() {
            return LocalDate.parse(
                    slot.path("timeSlot").path("startTime").asString().substring(0, 10));
        }

        Map<String, Integer> needs() {
            return switch (service) {
                case PASSPORT -> Map.of("desk-1", 1);
                case WEDDING -> Map.of("desk-1", 1, "counters", 1);
                default -> Map.of("counters", 1);
            };
        }
    }

    /** What a service lists for a day. */
    private record Part(String service, LocalDate date) {

        boolean has(Wish wish) {
            return wish.service().equals(service) && wish.date().equals(date);
        }

        List<JsonNode> slots(Caller caller) {
            return City.slots(caller, service, date);
        }
    }

    private static Answer hold(Caller caller, int nodes, int n, String service, JsonNode slot) {
        return at(caller, nodes, n).post("/reservations", reserve(service, slot));
    }

    private static Caller at(Caller caller, int nodes, int n) {
        return caller.at(n % nodes == 0 ? one.url() : other.url());
    }

    /** The winners, of which there are so many if that is known; all others lost as one may. */
    private List<Answer> wonAndLost(
            List<Answer> answers, @Nullable Integer places, TestReporter reporter) {
        report(reporter, answers);
        var winners = answers.stream().filter(answer -> answer.status() == 201).toList();
        if (places != null) {
            assertThat(winners).hasSize(places);
        }
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(RacingForAPlaceTest::hearsWhatIsFree);
        return winners;
    }

    private static void hearsWhatIsFree(Answer answer) {
        assertThat(said(answer)).isEqualTo("409 slot-taken");
        assertThat(answer.body().path("alternatives").size()).isEqualTo(5);
    }

    private static String said(Answer answer) {
        var type = answer.type();
        return type.isEmpty()
                ? String.valueOf(answer.status())
                : answer.status() + " " + type.substring("/problems/".length());
    }

    private void report(TestReporter reporter, List<Answer> answers) {
        var counts = new TreeMap<String, Integer>();
        answers.forEach(answer -> counts.merge(said(answer), 1, Integer::sum));
        counts.forEach((what, count) -> reporter.publishEntry(what, String.valueOf(count)));
        var millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        reporter.publishEntry("milliseconds", String.valueOf(millis));
    }

    /** Log, ledger and register agree, and in the end both nodes list what is free. */
    private static FoldedLog allAgree(Caller caller, String tenant, List<Wish> contested) {
        if (caller.equals(hasty)) {
            await().atMost(PATIENCE)
                    .until(
                            () ->
                                    FoldedLog.of(DATABASE, tenant, PLACES).takingPlaces().stream()
                                            .noneMatch(visit -> visit.status.equals("RESERVED")));
        }
        var log = FoldedLog.of(DATABASE, tenant, PLACES);
        log.agreesWithTheTables();
        var wishes = Set.copyOf(contested);
        for (var part :
                wishes.stream()
                        .map(wish -> new Part(wish.service(), wish.date()))
                        .distinct()
                        .toList()) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> {
                                var listed = part.slots(caller.at(one.url()));
                                assertThat(part.slots(caller.at(other.url()))).isEqualTo(listed);
                                wishes.stream()
                                        .filter(part::has)
                                        .forEach(
                                                wish ->
                                                        assertThat(wish.isAmong(listed))
                                                                .as("%s is listed", wish)
                                                                .isEqualTo(wish.fits(log)));
                            });
        }
        return log;
    }

    private static List<Wish> wishesFor(JsonNode slot) {
        return Stream.of(PASSPORT, ADVICE, WEDDING).map(each -> new Wish(each, slot)).toList();
    }
}
