package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.WEDDING;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.slots;
import static holdfast.reservation.Progress.UNHEARD;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.reservation.Difference;
import holdfast.reservation.Verification;
import holdfast.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Whatever happened to bookings, the tables are what the log adds up to; and if not, it shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComparingWithTheLogTest {

    private static final List<String> SERVICES = List.of(PASSPORT, ADVICE, WEDDING);
    private static final String EXPIRING = "expiring";
    private static final List<String> TABLES =
            List.of("domain_event_entry", "reservation", "claim");

    private final TestDatabase database = TestDatabase.fresh();

    @BeforeAll
    void live() {
        try (var node = Nodes.start(database)) {
            var visitor = City.found(node.url(), "city", "PT15M");
            manyThings(visitor, new Random(7));
            var slot = slots(visitor, ADVICE).get(900);
            fewerCounters(Caller.operator(node.url()).of("city"), slot);
            hold(visitor, ADVICE, slot);
            var expiring = City.found(node.url(), EXPIRING, "PT1S");
            for (int n = 0; n < 5; n++) {
                hold(expiring, ADVICE, slots(expiring, ADVICE).get(100));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> count("reservation.Expired") == 5);
        }
        for (var table : TABLES) {
            database.sql().sql("create table saved_%1$s as table %1$s".formatted(table)).update();
        }
    }

    private static void fewerCounters(Caller manager, JsonNode slot) {
        var pool = (ObjectNode) manager.get("/admin/v1/resource-pools/counters").body();
        pool.putArray("temporaryCapacities")
                .addObject()
                .put("capacity", 2)
                .put("reason", "The fair is on")
                .put("from", slot.path("timeSlot").path("startTime").asString())
                .put("to", slot.path("timeSlot").path("endTime").asString());
        var answer = manager.put("/admin/v1/resource-pools/counters", pool.toString());
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    }

    @AfterEach
    void mend() {
        for (var table : TABLES) {
            database.sql().sql("truncate " + table).update();
            database.sql()
                    .sql("insert into %1$s select * from saved_%1$s".formatted(table))
                    .update();
        }
    }

    @Test
    void what_the_application_wrote_is_what_the_log_adds_up_to() throws SQLException {
        var result = verify();
        assertThat(result.named()).isEmpty();
        assertThat(result.isEqual()).isTrue();
        assertThat(result.reservations()).isEqualTo(result.rows()).isGreaterThan(100);
        assertThat(result.claims()).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    register.status     | update reservation set status = 'RELEASED' where reservation = 'R'
                    register.expires_at | update reservation set expires_at = expires_at + interval '1 us' where reservation = 'R'
                    register.details    | update reservation set details = '{"key": "a", "text": "b"}' where reservation = 'R'
                    register.services   | update reservation set services = '[]' where reservation = 'R'
                    register            | delete from reservation where reservation = 'R'
                    register            | update reservation set reservation = gen_random_uuid() where reservation = 'R'
                    ledger              | delete from claim where reservation = 'R'
                    ledger              | update claim set hold_until = now() where reservation = 'R'
                    ledger              | update claim set reservation = gen_random_uuid() where reservation = 'R'
                    stream              | update domain_event_entry set sequence_number = 7 where aggregate_identifier = 'R' and sequence_number = 1
                    life                | insert into domain_event_entry (event_identifier, aggregate_identifier, sequence_number, type, time_stamp, payload_type, payload_revision, payload, meta_data) values ('x', 'R', 2, 'Reservation', now(), 'reservation.Released', '1', '{}', '{}')
                    life                | update domain_event_entry set time_stamp = now() + interval '2 hours' where aggregate_identifier = 'R' and sequence_number = 1
                    capacity            | update domain_event_entry set payload = replace(payload::text, encode('"capacity":7', 'hex'), encode('"capacity":9', 'hex'))::bytea where aggregate_identifier = 'R' and sequence_number = 0
                    given twice         | update domain_event_entry set payload = replace(payload::text, encode('"units":1', 'hex'), encode('"units":8', 'hex'))::bytea where aggregate_identifier = 'R' and sequence_number = 0
                    """)
    void what_differs_is_named(String what, String damage) throws SQLException {
        change(damage, one("CONFIRMED"));
        var result = verify();
        assertThat(result.isEqual()).isFalse();
        assertThat(result.named()).extracting(Difference::what).contains(what);
    }

    @Test
    void an_end_that_nobody_recorded_is_late_only_if_somebody_was_there_to_do_it()
            throws SQLException {
        change(
                """
                update domain_event_entry set payload = replace(payload::text,
                    encode('"expiresAt":"2', 'hex'), encode('"expiresAt":"1', 'hex'))::bytea
                where aggregate_identifier = 'R'
                """,
                one("RESERVED"));
        assertThat(verify().named()).extracting(Difference::what).doesNotContain("late");

        var application = (PGSimpleDataSource) database.dataSource();
        application.setApplicationName("holdfast");
        try (var connection = application.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(Verification.of(database.dataSource(), Duration.ZERO).run(UNHEARD).named())
                    .extracting(Difference::what)
                    .contains("late");
        }
    }

    private void change(String damage, String reservation) {
        var sql = damage.replace("'R'", "'" + reservation + "'");
        assertThat(database.sql().sql(sql).update()).isPositive();
    }

    /** A reservation at a counter that stands so. */
    private String one(String status) {
        return database.sql()
                .sql(
                        """
                        select r.reservation::text from reservation r
                        join claim c on c.reservation = r.reservation and c.places = 'counters'
                        where r.status = ? and r.tenant = 'city' order by 1 limit 1
                        """)
                .param(status)
                .query(String.class)
                .single();
    }

    private Verification.Result verify() throws SQLException {
        return Verification.of(database.dataSource(), Duration.ofSeconds(60)).run(UNHEARD);
    }

    private long count(String event) {
        return database.sql()
                .sql("select count(*) from domain_event_entry where payload_type = ?")
                .param(event)
                .query(Long.class)
                .single();
    }

    static void manyThings(Caller visitor, Random random) {
        for (int n = 0; n < 120; n++) {
            var service = SERVICES.get(n % 3);
            var free = slots(visitor, service);
            var id = hold(visitor, service, free.get(96 + random.nextInt(60)));
            switch (random.nextInt(6)) {
                case 0 -> visitor.delete("/reservations/" + id);
                case 1 -> visitor.post("/reservations/" + id + "/extension", "");
                case 2 -> {} // stays a hold
                default -> {
                    if (random.nextBoolean()) {
                        visitor.post("/reservations/" + id + "/extension", "");
                    }
                    visitor.put("/reservations/" + id, person("ada1234567", "Ada"));
                    if (random.nextInt(3) == 0) {
                        visitor.delete("/appointments/" + id);
                    }
                }
            }
        }
    }
}
