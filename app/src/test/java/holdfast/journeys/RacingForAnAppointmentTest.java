package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.COUNTERS;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.WEDDING;
import static holdfast.journeys.City.appointment;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.inDays;
import static holdfast.journeys.City.into;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.slots;
import static holdfast.journeys.Crowd.atOnce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.journeys.Caller.Answer;
import holdfast.reservation.Verification;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Fifty clients at once want different things of one appointment and of the holds that it could be
 * moved to, at two nodes: each round ends in one consistent history, and everybody was told the
 * truth.
 */
class RacingForAnAppointmentTest {

    private static final int CLIENTS = 50;
    private static final int ROUNDS = 12;
    private static final Map<String, Integer> PLACES = Map.of("desk-1", 1, "counters", COUNTERS);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode one;

    @SuppressWarnings("NullAway.Init")
    private static TestNode other;

    @BeforeAll
    static void twoNodes() {
        one = Nodes.start(DATABASE);
        other = Nodes.start(DATABASE);
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
    }

    /** One appointment, another one, and two holds, all of one service. */
    private record Round(
            boolean cancels, String appointment, String rival, String first, String second) {

        String asked(int n) {
            return switch (n % 7) {
                case 0, 1, 2 -> "move";
                case 3 -> "confirm";
                case 4 -> "release";
                case 5 -> "customer";
                default -> cancels && n > CLIENTS / 2 ? "cancel" : "extend";
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ADVICE, WEDDING})
    void moving_cancelling_confirming_and_changing_end_in_one_history(
            String service, TestReporter reporter) throws SQLException {
        race(service, service + "-long", "PT15M", reporter);
    }

    @ParameterizedTest
    @ValueSource(strings = {ADVICE, PASSPORT})
    void so_they_do_at_the_instant_at_which_the_holds_end(String service, TestReporter reporter)
            throws SQLException {
        // who meets the very end of a hold is a matter of chance; what they are told is not
        assertThat(race(service, service + "-short", "PT2S", reporter)).isNotEmpty();
    }

    private static Map<String, Integer> race(
            String service, String tenant, String lasting, TestReporter reporter)
            throws SQLException {
        var caller = City.found(one.url(), tenant, lasting);
        await().atMost(PATIENCE)
                .until(() -> caller.at(other.url()).get("/services").body().size() == 5);
        var counts = new TreeMap<String, Integer>();
        for (int round = 0; round < ROUNDS; round++) {
            var free = slots(caller, service, inDays(3 + round));
            var at =
                    new Round(
                            round % 2 == 0,
                            appointment(caller, service, free.get(0), "ada1234567"),
                            appointment(caller, service, free.get(1), "eve1234567"),
                            hold(caller, service, free.get(2)),
                            hold(caller, service, free.get(3)));
            var holds = caller.get("/reservations/" + at.first()).body();
            var ends = OffsetDateTime.parse(holds.path("expiresAt").asString()).toInstant();
            var random = new Random(round);
            if (lasting.equals("PT2S")) {
                Crowd.awaitInstant(ends.minusMillis(random.nextInt(150)));
            }
            var answers =
                    atOnce(
                            CLIENTS,
                            n -> ask(caller.at(n % 2 == 0 ? one.url() : other.url()), n, at));
            check(at, answers, counts);
            if (lasting.equals("PT2S")) {
                allHoldsHaveEnded(tenant);
            }
            var log = FoldedLog.of(DATABASE, tenant, PLACES);
            log.agreesWithTheTables();
            toldTheTruth(at, answers, log);
        }
        counts.forEach((what, count) -> reporter.publishEntry(what, String.valueOf(count)));
        bothNodesShowTheSame(caller, service);
        // one that the database ends is done again, and nobody is told; the answers above say so
        reporter.publishEntry("deadlocks so far", String.valueOf(deadlocks()));
        assertThat(
                        Verification.of(DATABASE.dataSource(), Duration.ofSeconds(60))
                                .run((what, done, total) -> {})
                                .named())
                .isEmpty();
        return counts;
    }

    private static Answer ask(Caller caller, int n, Round at) {
        var appointment = "/appointments/" + at.appointment();
        return switch (n % 7) {
            case 0 -> caller.put(appointment, into(at.first()));
            case 1 -> caller.put(appointment, into(at.second()));
            case 2 -> caller.put("/appointments/" + at.rival(), into(at.first()));
            case 3 -> caller.put("/reservations/" + at.first(), person("ida1234567", "Ida"));
            case 4 -> caller.delete("/reservations/" + at.second());
            case 5 -> caller.put(appointment + "/customer", person("ada1234567", "Ada" + n));
            default ->
                    at.asked(n).equals("cancel")
                            ? caller.delete(appointment)
                            : caller.post("/reservations/" + at.first() + "/extension", "");
        };
    }

    private static void check(Round at, List<Answer> answers, Map<String, Integer> counts) {
        for (int n = 0; n < CLIENTS; n++) {
            var said = said(answers.get(n));
            var asked = at.asked(n);
            counts.merge(asked + " " + said, 1, Integer::sum);
            assertThat(said)
                    .as("client %d: %s", n, asked)
                    .isIn(
                            switch (asked) {
                                case "move" ->
                                        List.of(
                                                "200",
                                                "409 not-on-hold",
                                                "409 not-an-appointment",
                                                "410 hold-lapsed");
                                case "confirm" ->
                                        List.of("201", "409 not-on-hold", "410 hold-lapsed");
                                case "customer" -> List.of("204", "409 not-an-appointment");
                                case "extend" ->
                                        List.of(
                                                "200",
                                                "409 extensions-used-up",
                                                "409 not-on-hold",
                                                "410 hold-lapsed");
                                default -> List.of("204");
                            });
        }
    }

    private static void toldTheTruth(Round at, List<Answer> answers, FoldedLog log) {
        var appointment = log.visit(at.appointment());
        var rival = log.visit(at.rival());
        assertThat(appointment.status)
                .isEqualTo(saidTo(answers, 6, "204") ? "CANCELLED" : "CONFIRMED");
        assertThat(appointment.holds.contains(at.first())).isEqualTo(saidTo(answers, 0, "200"));
        assertThat(appointment.holds.contains(at.second())).isEqualTo(saidTo(answers, 1, "200"));
        assertThat(rival.holds.contains(at.first())).isEqualTo(saidTo(answers, 2, "200"));
        assertThat(log.visit(at.first()).status.equals("CONFIRMED"))
                .isEqualTo(saidTo(answers, 3, "201"));
        var became = new ArrayList<String>(appointment.holds);
        became.addAll(rival.holds);
        assertThat(became).doesNotHaveDuplicates();
        assertThat(became.contains(at.first()))
                .isEqualTo(log.visit(at.first()).history.contains("HandedOver"));
    }

    private static boolean saidTo(List<Answer> answers, int kind, String said) {
        for (int n = kind; n < CLIENTS; n += 7) {
            if (said(answers.get(n)).equals(said)) {
                return true;
            }
        }
        return false;
    }

    private static void allHoldsHaveEnded(String tenant) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                FoldedLog.of(DATABASE, tenant, PLACES).takingPlaces().stream()
                                        .noneMatch(visit -> visit.status.equals("RESERVED")));
    }

    private static void bothNodesShowTheSame(Caller caller, String service) {
        for (int round = 0; round < ROUNDS; round++) {
            var day = inDays(3 + round);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(slots(caller.at(other.url()), service, day))
                                            .isEqualTo(slots(caller, service, day)));
        }
    }

    private static String said(Answer answer) {
        var type = answer.type();
        return type.isEmpty()
                ? String.valueOf(answer.status())
                : answer.status() + " " + type.substring("/problems/".length());
    }

    private static long deadlocks() {
        return DATABASE.sql()
                .sql("select deadlocks from pg_stat_database where datname = current_database()")
                .query(Long.class)
                .single();
    }
}
