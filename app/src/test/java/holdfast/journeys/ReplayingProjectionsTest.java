package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.followers.FollowedTables;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Projections are made anew while they serve, and end up as the log says. */
class ReplayingProjectionsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String FACTS = "reservation-facts";
    private static final String MINUTES = "offered-minutes";

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller operator;

    @BeforeAll
    static void manyThings() {
        node = Nodes.start(DATABASE);
        operator = Caller.operator(node.url());
        var visitor = City.found(node.url(), "city", "PT2H"); // none ends meanwhile
        ComparingWithTheLogTest.manyThings(visitor, new Random(3));
        node.bean(FollowedTables.class).catchUp(FACTS);
        node.bean(FollowedTables.class).catchUp(MINUTES);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void each_projection_is_listed_with_how_far_it_is() {
        var projections = new TreeMap<String, JsonNode>();
        operator.get("/admin/v1/projections")
                .body()
                .forEach(each -> projections.put(each.path("name").asString(), each));

        assertThat(projections.keySet())
                .contains(FACTS, MINUTES, "register", "ledger", "slot-availability");
        var facts = Objects.requireNonNull(projections.get(FACTS));
        assertThat(facts.path("kind").asString()).isEqualTo("TABLES");
        assertThat(facts.path("position").asLong()).isEqualTo(newest());
        assertThat(facts.path("lagEvents").asLong()).isZero();
        assertThat(facts.path("lagSeconds").asLong()).isZero();
        assertThat(facts.has("failure")).isFalse();
        assertThat(Objects.requireNonNull(projections.get("register")).path("kind").asString())
                .isEqualTo("WITH_THE_EVENT");
        assertThat(
                        Objects.requireNonNull(projections.get("slot-availability"))
                                .path("kind")
                                .asString())
                .isEqualTo("MEMORY");
    }

    @ParameterizedTest
    @ValueSource(strings = {FACTS, MINUTES, "register", "ledger"})
    void what_is_as_the_log_says_stays_as_it_is(String name) {
        var before = digest();
        var begun = operator.post("/admin/v1/projections/" + name + "/replay", "");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.header("Location")).isEqualTo("/admin/v1/projections/" + name + "/replay");

        var ended = ended(name);

        assertThat(ended.path("state").asString()).as("%s", ended).isEqualTo("DONE");
        assertThat(ended.path("differences").asLong()).isZero();
        assertThat(ended.path("position").asLong()).isEqualTo(ended.path("of").asLong());
        assertThat(digest()).isEqualTo(before);
        assertThat(schemas()).isZero();
    }

    @Test
    void what_is_not_as_the_log_says_is_counted_and_mended() {
        var before = digest();
        change("update reservation_fact set status = 'COMPLETED' where status = 'CANCELLED'");
        change("delete from reservation_fact where status = 'RESERVED' and extensions = 0");
        change("update offered_minutes set minutes = array[1] where places = 'desk-1'");
        change("update reservation set status = 'RELEASED' where status = 'CONFIRMED'");

        for (var name : new String[] {FACTS, MINUTES, "register"}) {
            operator.post("/admin/v1/projections/" + name + "/replay", "");
            var ended = ended(name);
            assertThat(ended.path("state").asString()).as("%s", ended).isEqualTo("DONE");
            assertThat(ended.path("differences").asLong()).as(name).isPositive();
        }
        assertThat(digest()).isEqualTo(before);
        // views and rights are still those of the living tables
        var counted =
                operator.of("city")
                        .get(
                                "/reports/v1/funnel?groupBy=branch&from=%s&to=%s"
                                        .formatted(City.inDays(-1), City.inDays(1)));
        assertThat(counted.body().path("rows").get(0).path("figures").path("held").asInt())
                .isEqualTo(120);
    }

    @Test
    void whoever_finds_a_replay_of_a_dead_node_goes_on_with_it() {
        long half = newest() / 2;
        var before = digest();
        change("create schema replay_reservation_facts");
        for (var table : new String[] {"reservation_fact", "branch_zone"}) {
            change(
                    "create table replay_reservation_facts.%1$s (like %1$s including all)"
                            .formatted(table));
        }
        change("insert into replay_reservation_facts.branch_zone select * from branch_zone");
        change(
                "insert into replay_reservation_facts.reservation_fact select * from"
                        + " reservation_fact where valid_from <= "
                        + half);
        change(
                "update replay_reservation_facts.reservation_fact set valid_to ="
                        + " 9223372036854775807 where valid_to > "
                        + half);
        // read again, these events would be refused by the keys of what was made of them
        change(
                """
                insert into projection_replay (name, state, position, goal)
                values ('reservation-facts', 'RUNNING', %1$d, %1$d)
                on conflict (name) do update set
                    state = 'RUNNING', position = excluded.position, differences = null, ended_at = null
                """
                        .formatted(half));

        var ended = ended(FACTS);

        assertThat(ended.path("state").asString()).as("%s", ended).isEqualTo("DONE");
        assertThat(ended.path("differences").asLong()).isZero();
        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void what_cannot_be_replayed_is_a_problem() {
        var path = "/admin/v1/projections/";
        assertThat(operator.post(path + "weather/replay", "").type())
                .isEqualTo("/problems/projection-unknown");
        assertThat(operator.get(path + "weather/replay").status()).isEqualTo(404);
        assertThat(operator.post(path + "slot-availability/replay", "").type())
                .isEqualTo("/problems/projection-in-memory");
        assertThat(operator.get(path + "slot-availability/replay").type())
                .isEqualTo("/problems/replay-unknown");
    }

    @Test
    void a_replay_that_is_called_off_leaves_nothing() {
        var before = digest();
        operator.post("/admin/v1/projections/" + MINUTES + "/replay", "");
        var path = "/admin/v1/projections/" + MINUTES + "/replay";
        assertThat(operator.delete(path).status()).isEqualTo(204);
        assertThat(ended(MINUTES).path("state").asString()).isIn("CANCELLED", "DONE");
        assertThat(operator.delete(path).status()).isEqualTo(204);
        assertThat(schemas()).isZero();
        assertThat(digest()).isEqualTo(before);
    }

    private static JsonNode ended(String name) {
        var path = "/admin/v1/projections/" + name + "/replay";
        return await().atMost(SOON)
                .until(
                        () -> operator.get(path).body(),
                        replay -> !replay.path("state").asString().equals("RUNNING"));
    }

    private static long newest() {
        return node.bean(FollowedTables.class).newest();
    }

    /** All rows of the projections' tables as one text each. */
    private static Map<String, String> digest() {
        var digests = new TreeMap<String, String>();
        for (var table :
                new String[] {
                    "reservation_fact",
                    "branch_zone",
                    "offered_minutes",
                    "offered_until",
                    "reservation"
                }) {
            digests.put(
                    table,
                    DATABASE.sql()
                            .sql(
                                    "select md5(string_agg(t::text, '|' order by t::text)) from %s t"
                                            .formatted(table))
                            .query(String.class)
                            .single());
        }
        return digests;
    }

    private static long schemas() {
        return DATABASE.sql()
                .sql("select count(*) from pg_namespace where nspname like 'replay\\_%'")
                .query(Long.class)
                .single();
    }

    private static void change(String sql) {
        DATABASE.sql().sql(sql).update();
    }
}
