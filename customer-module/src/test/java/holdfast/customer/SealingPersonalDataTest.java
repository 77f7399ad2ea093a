package holdfast.customer;

import static holdfast.customer.CustomerNode.TENANT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

class SealingPersonalDataTest {

    private static final String NOTE = "Bitte klingeln bei Ōkami-Grünwald";
    private static final MasterKey MASTER = new MasterKey(new byte[32]);

    private static CustomerNode node;

    @BeforeAll
    static void start() {
        node = CustomerNode.onNewDatabase(MASTER);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void what_was_sealed_opens_again() {
        var sealed = seal(TENANT, aReservation(), NOTE);

        assertThat(open(TENANT, sealed)).isEqualTo(NOTE);
    }

    @Test
    void a_sealed_value_survives_json_and_shows_nothing_of_the_text() {
        var sealed = seal(TENANT, aReservation(), NOTE);

        var json = JsonMapper.shared().writeValueAsString(sealed);

        assertThat(json).doesNotContain("klingeln", "Ōkami");
        assertThat(sealed).hasToString("sealed");
        assertThat(open(TENANT, JsonMapper.shared().readValue(json, Sealed.class))).isEqualTo(NOTE);
    }

    @Test
    void the_same_text_sealed_twice_looks_different() {
        var subject = aReservation();

        assertThat(seal(TENANT, subject, NOTE)).isNotEqualTo(seal(TENANT, subject, NOTE));
    }

    @Test
    void one_subject_has_one_key_and_two_have_two() {
        var subject = aReservation();

        var key = seal(TENANT, subject, NOTE).key();

        assertThat(seal(TENANT, subject, "other").key()).isEqualTo(key);
        assertThat(seal(TENANT, aReservation(), NOTE).key()).isNotEqualTo(key);
    }

    @Test
    void neither_the_text_nor_the_key_stands_readable_in_the_database() {
        seal(TENANT, aReservation(), NOTE);

        var rows = node.jdbc.sql("select d::text from data_key d").query(String.class).list();

        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains("klingeln"));
        assertThat(node.jdbc.sql("select wrapped from data_key").query(byte[].class).list())
                .allSatisfy(wrapped -> assertThat(wrapped.length).isGreaterThan(32 + 24));
    }

    @Test
    void an_altered_text_is_noticed_and_not_quoted() {
        var sealed = seal(TENANT, aReservation(), NOTE);
        var first = sealed.text().charAt(20) == 'A' ? 'B' : 'A';
        var altered =
                new Sealed(
                        sealed.key(),
                        sealed.text().substring(0, 20) + first + sealed.text().substring(21));

        assertThatIllegalStateException()
                .isThrownBy(() -> node.keys.open(TENANT, altered))
                .withMessageNotContaining(altered.text());
        assertThatIllegalStateException()
                .isThrownBy(() -> node.keys.open(TENANT, new Sealed(sealed.key(), "~~~")));
        assertThatIllegalStateException()
                .isThrownBy(() -> node.keys.open(TENANT, new Sealed("no key", sealed.text())));
    }

    @Test
    void a_text_moved_under_another_subjects_key_is_noticed() {
        var sealed = seal(TENANT, aReservation(), NOTE);
        var other = seal(TENANT, aReservation(), NOTE);

        assertThatIllegalStateException()
                .isThrownBy(() -> node.keys.open(TENANT, new Sealed(other.key(), sealed.text())));
    }

    @Test
    void a_key_row_moved_to_another_subject_or_tenant_does_not_open() {
        var moved = seal(TENANT, aReservation(), NOTE);
        var carried = seal(TENANT, aReservation(), NOTE);
        var elsewhere = TenantId.of("elsewhere");
        node.jdbc
                .sql("update data_key set subject = :subject where key_id = cast(:key as uuid)")
                .param("subject", aReservation().toString())
                .param("key", moved.key())
                .update();
        node.jdbc
                .sql("update data_key set tenant_id = :tenant where key_id = cast(:key as uuid)")
                .param("tenant", elsewhere.toString())
                .param("key", carried.key())
                .update();

        assertThatIllegalStateException().isThrownBy(() -> node.keys.open(TENANT, moved));
        assertThatIllegalStateException().isThrownBy(() -> node.keys.open(elsewhere, carried));
    }

    @Test
    void another_tenant_finds_nothing() {
        var sealed = seal(TENANT, aReservation(), NOTE);
        assertThat(open(TENANT, sealed)).isEqualTo(NOTE); // now also in memory

        assertThat(node.keys.open(TenantId.of("elsewhere"), sealed)).isEmpty();
    }

    @Test
    void a_forgotten_subject_is_erased_at_once_and_for_good() {
        var subject = aReservation();
        var sealed = seal(TENANT, subject, NOTE);
        assertThat(open(TENANT, sealed)).isEqualTo(NOTE); // the key is in memory now

        forget(subject);

        assertThat(node.keys.open(TENANT, sealed)).isEmpty();
        seal(TENANT, subject, "a new start");
        assertThat(node.keys.open(TENANT, sealed)).isEmpty();
        forget(subject);
        forget(subject);
    }

    @Test
    void a_forgetting_that_rolls_back_forgot_nothing() {
        var subject = aReservation();
        var sealed = seal(TENANT, subject, NOTE);

        assertThatThrownBy(
                        () ->
                                node.inTransaction(
                                        () -> {
                                            node.keys.forget(TENANT, subject);
                                            throw new Rollback();
                                        }))
                .isInstanceOf(Rollback.class);

        assertThat(open(TENANT, sealed)).isEqualTo(NOTE);
    }

    @Test
    void a_key_made_in_a_transaction_that_rolls_back_is_never_used_again() {
        var subject = aReservation();
        assertThatThrownBy(
                        () ->
                                node.inTransaction(
                                        () -> {
                                            var lost = seal(TENANT, subject, "never was");
                                            assertThat(open(TENANT, lost)).isEqualTo("never was");
                                            throw new Rollback();
                                        }))
                .isInstanceOf(Rollback.class);

        var sealed = node.inTransaction(() -> seal(TENANT, subject, NOTE));

        try (var other = node.another(MASTER)) {
            assertThat(other.keys.open(TENANT, sealed).orElseThrow()).isEqualTo(bytes(NOTE));
        }
    }

    @Test
    void a_key_read_while_its_forgetting_commits_is_not_kept_in_memory() {
        var subject = aReservation();
        var sealed = seal(TENANT, subject, NOTE);

        node.inTransaction(
                () -> {
                    node.keys.forget(TENANT, subject);
                    // another connection still sees the row, and would keep its key for ten seconds
                    onAnotherThread(() -> assertThat(node.keys.open(TENANT, sealed)).isPresent());
                    return true;
                });

        assertThat(node.keys.open(TENANT, sealed)).isEmpty();
    }

    @Test
    void another_node_notices_a_forgetting_after_ten_seconds() {
        var subject = aReservation();
        var sealed = seal(TENANT, subject, NOTE);
        try (var other = node.another(MASTER)) {
            assertThat(other.keys.open(TENANT, sealed)).isPresent();

            forget(subject);

            other.pass(KeyCache.KEPT.minusNanos(1000));
            assertThat(other.keys.open(TENANT, sealed)).isPresent();
            other.pass(KeyCache.KEPT);
            assertThat(other.keys.open(TENANT, sealed)).isEmpty();
        }
    }

    @Test
    void many_are_opened_at_once_and_the_erased_ones_are_absent() {
        var kept = seal(TENANT, aReservation(), "kept");
        var goes = aReservation();
        var erased = seal(TENANT, goes, "erased");
        var twin = seal(TENANT, aReservation(), "twin");
        forget(goes);

        var opened = node.keys.open(TENANT, List.of(kept, erased, twin));

        assertThat(opened).containsOnlyKeys(kept, twin);
        assertThat(opened.get(twin)).isEqualTo(bytes("twin"));
        assertThat(node.keys.open(TENANT, List.of())).isEmpty();
    }

    @Test
    void many_at_once_seal_under_one_key() {
        var subject = aReservation();

        var keys =
                AtOnce.each(16, n -> node.inTransaction(() -> seal(TENANT, subject, NOTE).key()));

        assertThat(keys).hasSize(16).containsOnly(keys.getFirst());
    }

    @Test
    void nothing_is_sealed_for_a_customer_who_was_never_admitted() {
        var nobody = SubjectId.customer(new CustomerId(UUID.randomUUID()));

        assertThatThrownBy(() -> seal(TENANT, nobody, NOTE))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(new CustomerRefusal.CustomerForgotten(nobody)));
    }

    private static SubjectId aReservation() {
        return SubjectId.reservation(UUID.randomUUID());
    }

    private static Sealed seal(TenantId tenant, SubjectId subject, String text) {
        return node.keys.seal(tenant, subject, bytes(text));
    }

    private static String open(TenantId tenant, Sealed sealed) {
        return new String(node.keys.open(tenant, sealed).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static void forget(SubjectId subject) {
        node.inTransaction(
                () -> {
                    node.keys.forget(TENANT, subject);
                    return true;
                });
    }

    private static void onAnotherThread(Runnable action) {
        AtOnce.each(
                1,
                n -> {
                    action.run();
                    return n;
                });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final class Rollback extends RuntimeException {}
}
