package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.reserve;
import static holdfast.journeys.City.slots;
import static holdfast.reservation.Progress.UNHEARD;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.reservation.Difference;
import holdfast.reservation.Rebuild;
import holdfast.reservation.Verification;
import holdfast.testing.TestDatabase;

import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** The tables made anew from the log take the place of the living ones, and nobody notices. */
class RebuildingFromTheLogTest {

    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void bookings_go_on_while_the_tables_are_made_and_swapped() throws Exception {
        try (var node = Nodes.start(database);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var visitor = City.found(node.url(), "city", "PT15M");
            ComparingWithTheLogTest.manyThings(visitor, new Random(1));
            var schema = schema();

            var enough = new AtomicBoolean();
            var bookings =
                    List.of(2, 3, 4).stream()
                            .map(seed -> clients.submit(() -> book(visitor, seed, enough)))
                            .toList();
            for (int n = 0; n < 5; n++) {
                rebuild();
            }
            enough.set(true);
            for (var booking : bookings) {
                assertThat(booking.get()).isPositive();
            }
            assertThat(verify().named()).isEmpty();
            assertThat(schema()).isEqualTo(schema);
        }
    }

    @Test
    void what_was_damaged_is_named_and_mended() throws SQLException {
        try (var node = Nodes.start(database)) {
            ComparingWithTheLogTest.manyThings(
                    City.found(node.url(), "city", "PT15M"), new Random(1));
        }
        sql("delete from claim where places = 'desk-1'");
        sql("update reservation set status = 'CANCELLED' where status = 'CONFIRMED'");
        sql("create table claim_rebuilt (left_by text)"); // a rebuild that was cut off

        var rebuilt = rebuild();

        assertThat(rebuilt.named())
                .extracting(Difference::what)
                .contains("ledger", "register.status");
        assertThat(rebuilt.blocked()).isPositive();
        assertThat(verify().named()).isEmpty();
        assertThat(rebuild().differences()).isZero();
    }

    @Test
    void there_is_one_at_a_time() throws SQLException {
        try (var other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('holdfast.rebuild', 0))");
            assertThatThrownBy(this::rebuild)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The tables are being rebuilt already.");
        }
    }

    /** A pool is small and slots are many, so who finds one taken takes another. */
    private static int book(Caller visitor, int seed, AtomicBoolean enough) {
        var random = new Random(seed);
        int booked = 0;
        while (!enough.get()) {
            var free = slots(visitor, ADVICE);
            var slot = free.get(random.nextInt(Math.min(400, free.size())));
            var held = visitor.post("/external/v1/reservations", reserve(ADVICE, slot));
            assertThat(held.status()).as("%s", held.body()).isIn(201, 409, 422);
            if (held.status() != 201) {
                continue;
            }
            var id = held.body().path("reservationId").asString();
            var confirmed = visitor.put("/reservations/" + id, person("ada1234567", "Ada"));
            assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(201);
            if (random.nextInt(3) == 0) {
                assertThat(visitor.delete("/appointments/" + id).status()).isEqualTo(204);
            }
            booked++;
        }
        return booked;
    }

    /** Everything about the two tables that a migration could have made. */
    private List<String> schema() {
        return database.sql()
                .sql(
                        """
                        select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                        from pg_constraint where conrelid in ('claim'::regclass, 'reservation'::regclass)
                        union all
                        select pg_get_indexdef(indexrelid) from pg_index
                        where indrelid in ('claim'::regclass, 'reservation'::regclass)
                        union all
                        select attrelid::regclass || ' ' || attname || ' ' || atttypid::regtype || ' '
                            || attnotnull || ' ' || attcollation::regcollation
                        from pg_attribute
                        where attrelid in ('claim'::regclass, 'reservation'::regclass) and attnum > 0
                        union all
                        select oid::regclass || ' ' || coalesce(reloptions::text, '') || ' '
                            || coalesce(obj_description(oid), '')
                        from pg_class where oid in ('claim'::regclass, 'reservation'::regclass)
                        order by 1
                        """)
                .query((row, n) -> row.getString(1))
                .list();
    }

    private void sql(String change) {
        database.sql().sql(change).update();
    }

    private Rebuild.Result rebuild() throws SQLException {
        return Rebuild.of(database.dataSource(), true).run(UNHEARD);
    }

    private Verification.Result verify() throws SQLException {
        return Verification.of(database.dataSource(), Duration.ofSeconds(60)).run(UNHEARD);
    }
}
