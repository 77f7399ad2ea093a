package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.TenantId;
import holdfast.reservation.Difference;
import holdfast.reservation.OversellProof;
import holdfast.reservation.OversellProof.PeakUse;
import holdfast.reservation.Progress;
import holdfast.testing.TestDatabase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** Logs written by hand, as nobody should find them. */
class ProvingFromTheLogTest {

    private static final String TOWN = "town";
    private static final Instant NINE = Instant.parse("2030-01-07T09:00:00Z");

    private final TestDatabase database = TestDatabase.fresh();

    @BeforeEach
    void aPoolWithTwoPlaces() {
        define(TOWN, 0, 2);
    }

    private void define(String tenant, long sequence, int capacity) {
        append(
                "catalogue:" + tenant,
                sequence,
                "catalogue",
                "catalogue.ResourcePoolDefined",
                """
                {"tenant":"%s","pool":{"id":"desks","capacity":%d,"resources":[]}}
                """
                        .formatted(tenant, capacity));
    }

    private UUID reserve(String tenant, Instant from, int capacity) {
        var id = UUID.randomUUID();
        append(
                id.toString(),
                0,
                "Reservation",
                "reservation.Reserved",
                """
                {"tenant":"%1$s","reservation":"%2$s","branch":"hall","services":[],
                 "visit":{"start":"%3$s","end":"%4$s"},"busy":{"start":"%3$s","end":"%4$s"},
                 "claims":[{"places":"desks","pool":"desks","resource":null,"units":1,"capacity":%5$d}],
                 "chosenBy":"SYSTEM","notes":null,"expiresAt":"2030-01-01T00:00:00Z"}
                """
                        .formatted(tenant, id, from, from.plusSeconds(1_800), capacity));
        return id;
    }

    private void release(UUID reservation, long sequence) {
        append(
                reservation.toString(),
                sequence,
                "Reservation",
                "reservation.Released",
                "{\"tenant\":\"town\",\"reservation\":\"%s\",\"branch\":\"hall\"}"
                        .formatted(reservation));
    }

    private void append(String stream, long sequence, String type, String name, String payload) {
        database.sql()
                .sql(
                        """
                        insert into domain_event_entry (
                            event_identifier, aggregate_identifier, sequence_number, type,
                            time_stamp, payload_type, payload_revision, payload, meta_data)
                        values (:id, :stream, :sequence, :type, '2029-12-01T00:00:00Z', :name, '1',
                                :payload, '{}')
                        """)
                .param("id", UUID.randomUUID().toString())
                .param("stream", stream)
                .param("sequence", sequence)
                .param("type", type)
                .param("name", name)
                .param("payload", payload.getBytes(StandardCharsets.UTF_8))
                .update();
    }

    private OversellProof.Result prove(@Nullable String tenant) throws SQLException {
        return OversellProof.of(database.dataSource(), tenant == null ? null : TenantId.of(tenant))
                .run(Progress.UNHEARD);
    }

    private void assertBroken(String rule) throws SQLException {
        var result = prove(null);
        assertThat(result.holds()).isFalse();
        assertThat(result.named()).extracting(Difference::what).contains(rule);
    }

    @Test
    void full_is_not_too_full() throws SQLException {
        reserve(TOWN, NINE, 2);
        reserve(TOWN, NINE.plusSeconds(900), 2);
        reserve(TOWN, NINE.plusSeconds(1_800), 2);

        var result = prove(null);
        assertThat(result.named()).isEmpty();
        assertThat(result.holds()).isTrue();
        assertThat(result.reservations()).isEqualTo(3);
        assertThat(result.peaks())
                .containsExactly(new PeakUse(TOWN, "desks", 2, 2, NINE.plusSeconds(900)));
    }

    @Test
    void one_more_than_there_are_is_given_twice() throws SQLException {
        for (int n = 0; n < 3; n++) {
            reserve(TOWN, NINE, 2);
        }
        assertBroken("given twice");
        assertThat(prove(null).peaks()).containsExactly(new PeakUse(TOWN, "desks", 2, 3, NINE));
    }

    @Test
    void what_was_given_back_can_be_given_again_but_only_then() throws SQLException {
        var first = reserve(TOWN, NINE, 2);
        reserve(TOWN, NINE, 2);
        release(first, 1);
        reserve(TOWN, NINE, 2);
        assertThat(prove(null).holds()).isTrue();

        var late = reserve(TOWN, NINE, 2);
        release(late, 1);
        assertBroken("given twice");
    }

    @Test
    void fewer_places_than_before_are_no_oversell_but_places_that_never_were_are()
            throws SQLException {
        reserve(TOWN, NINE, 2);
        reserve(TOWN, NINE, 2);
        define(TOWN, 1, 1);
        assertThat(prove(null).holds()).isTrue();

        reserve(TOWN, NINE.plusSeconds(86_400), 5);
        assertBroken("capacity");
    }

    @Test
    void a_missing_event_is_noticed() throws SQLException {
        release(reserve(TOWN, NINE, 2), 2);
        assertBroken("stream");
    }

    @Test
    void a_missing_event_of_a_catalogue_is_noticed() throws SQLException {
        define(TOWN, 2, 2);
        assertBroken("stream");
    }

    @Test
    void events_of_a_stream_in_another_order_are_noticed() throws SQLException {
        release(reserve(TOWN, NINE, 2), 1);
        database.sql()
                .sql(
                        """
                        update domain_event_entry set global_index = global_index + 1000
                        where payload_type = 'reservation.Reserved'
                        """)
                .update();
        assertBroken("order");
    }

    @Test
    void a_tenant_sees_its_own_part_only() throws SQLException {
        define("village", 0, 1);
        reserve("village", NINE, 1);
        reserve("village", NINE, 1);
        reserve(TOWN, NINE, 2);

        var town = prove(TOWN);
        assertThat(town.holds()).isTrue();
        assertThat(town.reservations()).isEqualTo(1);
        assertThat(town.peaks()).extracting(PeakUse::tenant).containsOnly(TOWN);
        assertThat(prove("village").holds()).isFalse();
    }
}
