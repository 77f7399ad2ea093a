package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.reserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import holdfast.catalogue.TenantId;
import holdfast.journeys.Caller.Answer;
import holdfast.members.Account;
import holdfast.members.Role;
import holdfast.members.StaffAccounts;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** How much one caller may do, on nodes where that is little. */
class OneCallersShareTest {

    private static final int MOST_HOLDS = 5;
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode fewHolds;

    @SuppressWarnings("NullAway.Init")
    private static TestNode slow;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @BeforeAll
    static void aCity() {
        fewHolds = Nodes.start(DATABASE, "holdfast.limits.open-holds=" + MOST_HOLDS);
        visitor = City.found(fewHolds.url(), "city", "PT15M");
        slow =
                Nodes.start(
                        DATABASE,
                        "holdfast.limits.changes-per-second=1",
                        "holdfast.limits.changes-at-once=3");
    }

    @AfterAll
    static void stop() {
        slow.close();
        fewHolds.close();
    }

    @Test
    void of_many_holds_at_once_exactly_as_many_are_placed_as_one_caller_may_have()
            throws Exception {
        var slots = City.slots(visitor, ADVICE);
        var calls =
                IntStream.range(0, 30)
                        .mapToObj(n -> reserve(ADVICE, slots.get(48 + n)))
                        .<Callable<Answer>>map(body -> () -> visitor.post("/reservations", body))
                        .toList();
        var held = new ArrayList<Answer>();
        try (var bots = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : bots.invokeAll(calls)) {
                var answer = done.get();
                if (answer.status() == 201) {
                    held.add(answer);
                } else {
                    assertIsTooMuch(answer, "too-many-open-holds");
                }
            }
        }
        assertThat(held).hasSize(MOST_HOLDS);

        // others have their own share
        var desk = Caller.operator(fewHolds.url()).of("city");
        assertThat(hold(desk, 90).status()).isEqualTo(201);
        // and what was confirmed or released, on whichever node, counts no more
        var elsewhere = visitor.at(slow.url());
        assertThat(elsewhere.put(pathOf(held.get(0)), person("ada1234567", "Ada")).status())
                .isEqualTo(201);
        await().atMost(Duration.ofSeconds(30)).until(() -> hold(visitor, 91).status() == 201);
        assertThat(visitor.delete(pathOf(held.get(1))).status()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(30)).until(() -> hold(visitor, 92).status() == 201);
        assertIsTooMuch(hold(visitor, 93), "too-many-open-holds");
    }

    @Test
    void whoever_changes_too_much_too_fast_is_told_when_to_come_back() {
        // an operator of its own share, whatever visitors do on this node
        var hasty = Caller.operator(slow.url()).of("city");
        List<Answer> answers = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            answers.add(hasty.post("/reservations", "{}"));
        }
        assertThat(answers.getFirst().status()).isEqualTo(400);
        assertThat(answers)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.header("RateLimit-Policy"))
                                    .isEqualTo("\"changes\";q=3;w=3");
                            assertThat(answer.header("RateLimit"))
                                    .matches("\"changes\";r=[0-2];t=[0-3]");
                        });
        var refused = answers.stream().filter(answer -> answer.status() == 429).toList();
        assertThat(refused).isNotEmpty();
        assertIsTooMuch(refused.getFirst(), "rate-limited");

        // reads are not counted
        var read = hasty.get("/services");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("RateLimit")).isEmpty();
        // who waits as told is served again
        await().atMost(Duration.ofSeconds(30))
                .until(() -> hasty.post("/reservations", "{}").status() == 400);
    }

    @Test
    void whoever_has_a_browser_is_told_so_on_a_page() {
        // a member of a share of their own
        var password =
                slow.bean(StaffAccounts.class)
                        .add(
                                TenantId.of("city"),
                                new Account("grace", "Grace Hopper"),
                                List.of(Role.STAFF))
                        .password();
        var grace = new Person(slow.url());
        grace.signIn("city", "grace", password);
        var closing = "/staff/city/desk/closure";
        grace.get(closing);
        var answers =
                IntStream.range(0, 10)
                        .mapToObj(n -> grace.send(closing, Map.of("reason", "")))
                        .filter(answer -> answer.statusCode() == 429)
                        .toList();

        assertThat(answers)
                .isNotEmpty()
                .allSatisfy(
                        answer -> {
                            assertThat(answer.headers().firstValue("Content-Type"))
                                    .hasValue("text/html;charset=UTF-8");
                            assertThat(answer.headers().firstValueAsLong("Retry-After"))
                                    .isPresent();
                            assertThat(answer.headers().firstValue("RateLimit")).isPresent();
                            assertThat(answer.headers().allValues("Content-Security-Policy"))
                                    .singleElement()
                                    .asInstanceOf(STRING)
                                    .contains("style-src 'self'", "frame-ancestors 'none'");
                            assertThat(answer.body())
                                    .contains("<h1>Too many requests</h1>", "Nothing happened.")
                                    .contains("Go back in your browser");
                        });
    }

    private static void assertIsTooMuch(Answer answer, String type) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(429);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
        assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, 900L);
    }

    private static Answer hold(Caller caller, int slot) {
        return caller.post(
                "/reservations", reserve(ADVICE, City.slots(caller, ADVICE).get(48 * 3 + slot)));
    }

    private static String pathOf(Answer held) {
        return "/reservations/" + held.body().path("reservationId").asString();
    }
}
