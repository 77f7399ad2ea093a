package holdfast.customer;

import static holdfast.customer.CustomerNode.TENANT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerEvent.CustomerErased;
import holdfast.customer.CustomerEvent.CustomerRegistered;
import holdfast.customer.CustomerRefusal.CustomerForgotten;
import holdfast.customer.CustomerRefusal.CustomerUnknown;

import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class CustomersTest {

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
    void whoever_confirms_for_the_first_time_is_registered_with_an_event() {
        var customer = admit(anIdentifier());

        assertThat(node.eventsOf(customer))
                .containsExactly(new CustomerRegistered(TENANT, customer));
    }

    @Test
    void the_same_identifier_is_the_same_customer_and_registers_once() {
        var identifier = anIdentifier();
        var customer = admit(identifier);

        assertThat(admit(identifier)).isEqualTo(customer);
        assertThat(node.customers.find(TENANT, identifier)).contains(customer);
        assertThat(node.eventsOf(customer)).hasSize(1);
    }

    @Test
    void another_identifier_or_another_tenant_is_another_customer() {
        var identifier = anIdentifier();
        var elsewhere = TenantId.of("elsewhere");
        var customer = admit(identifier);

        assertThat(node.customers.find(elsewhere, identifier)).isEmpty();
        CustomerId namesake = node.inCommand(c -> node.customers.admit(elsewhere, identifier));
        assertThat(namesake).isNotEqualTo(customer);
        assertThat(admit(identifier.toLowerCase(Locale.ROOT))).isNotEqualTo(customer);
    }

    @Test
    void of_many_who_confirm_at_once_with_one_identifier_all_get_one_customer() {
        var identifier = anIdentifier();
        try (var other = node.another(MASTER)) {
            var admitted =
                    AtOnce.each(
                            24,
                            n -> {
                                var where = n % 2 == 0 ? node : other;
                                return where.inCommand(
                                        c -> {
                                            var customer =
                                                    where.customers.admit(TENANT, identifier);
                                            where.keys.seal(
                                                    TENANT,
                                                    SubjectId.customer(customer),
                                                    bytes("data"));
                                            return customer;
                                        });
                            });

            assertThat(admitted).hasSize(24).containsOnly(admitted.getFirst());
            var customer = admitted.getFirst();
            assertThat(node.eventsOf(customer).size() + other.eventsOf(customer).size())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_command_that_is_rolled_back_registered_nobody() {
        var identifier = anIdentifier();
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                node.inCommand(
                                        c -> {
                                            node.customers.admit(TENANT, identifier);
                                            throw new IllegalStateException("refused");
                                        }));

        assertThat(node.customers.find(TENANT, identifier)).isEmpty();
        var customer = admit(identifier);
        assertThat(node.eventsOf(customer)).hasSize(1);
    }

    @Test
    void nobody_is_admitted_outside_a_unit_of_work() {
        var identifier = anIdentifier();

        assertThatIllegalStateException()
                .isThrownBy(() -> node.customers.admit(TENANT, identifier));

        assertThat(node.customers.find(TENANT, identifier)).isEmpty();
    }

    @Test
    void admitting_costs_one_statement_and_sealing_after_it_none() {
        var identifier = anIdentifier();
        admit(identifier);

        node.inCommand(
                c -> {
                    var customer = node.customers.admit(TENANT, identifier);
                    // without its row, only a key that is in the transaction's hand already can
                    // seal
                    node.jdbc
                            .sql("delete from data_key where subject = :subject")
                            .param("subject", SubjectId.customer(customer).toString())
                            .update();
                    node.keys.seal(TENANT, SubjectId.customer(customer), bytes("data"));
                    node.customers.fingerprint(TENANT, customer, bytes("data"));
                    return customer;
                });
    }

    @Test
    void no_identifier_stands_readable_in_the_database() {
        var identifier = anIdentifier();
        admit(identifier);

        assertThat(node.jdbc.sql("select c::text from customer c").query(String.class).list())
                .isNotEmpty()
                .noneMatch(row -> row.contains(identifier));
        assertThat(
                        node.jdbc
                                .sql(
                                        "select count(*) from customer where"
                                                + " position(convert_to(:identifier, 'UTF8') in"
                                                + " identity) > 0")
                                .param("identifier", identifier)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void the_digests_of_one_identifier_cannot_be_joined_across_tenants() {
        var digest = new IdentityDigest(new byte[32]);

        assertThat(digest.of(TENANT, "A123456789"))
                .isEqualTo(digest.of(TENANT, "A123456789"))
                .isNotEqualTo(digest.of(TenantId.of("elsewhere"), "A123456789"));
    }

    @Test
    void a_fingerprint_compares_a_persons_texts_and_tells_nothing_across_persons() {
        var customer = admit(anIdentifier());
        var other = admit(anIdentifier());

        var fingerprint = node.customers.fingerprint(TENANT, customer, bytes("Ada Lovelace"));

        assertThat(node.customers.fingerprint(TENANT, customer, bytes("Ada Lovelace")))
                .isEqualTo(fingerprint);
        assertThat(node.customers.fingerprint(TENANT, customer, bytes("Ada Byron")))
                .isNotEqualTo(fingerprint);
        assertThat(node.customers.fingerprint(TENANT, other, bytes("Ada Lovelace")))
                .isNotEqualTo(fingerprint);
    }

    @Test
    void an_erased_customer_is_not_found_and_nothing_of_theirs_opens() {
        var identifier = anIdentifier();
        var customer = admit(identifier);
        var subject = SubjectId.customer(customer);
        var sealed = node.keys.seal(TENANT, subject, bytes("Ada Lovelace"));
        assertThat(node.keys.open(TENANT, sealed)).isPresent();

        node.erase(TENANT, customer);

        assertThat(node.keys.open(TENANT, sealed)).isEmpty();
        assertThat(node.customers.find(TENANT, identifier)).isEmpty();
        assertThat(node.eventsOf(customer)).last().isEqualTo(new CustomerErased(TENANT, customer));
        assertThatThrownBy(() -> node.keys.seal(TENANT, subject, bytes("again")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(new CustomerForgotten(subject)));
        assertThatThrownBy(() -> node.customers.fingerprint(TENANT, customer, bytes("again")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void who_comes_back_after_an_erasure_is_a_new_customer() {
        var identifier = anIdentifier();
        var customer = admit(identifier);
        node.erase(TENANT, customer);

        assertThat(admit(identifier)).isNotEqualTo(customer);
    }

    @Test
    void a_customer_is_erased_by_their_own_tenant_only() {
        var identifier = anIdentifier();
        var customer = admit(identifier);

        assertThatThrownBy(() -> node.erase(TenantId.of("elsewhere"), customer))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .isEqualTo(new CustomerUnknown(customer)));
        assertThat(node.customers.find(TENANT, identifier)).contains(customer);
        assertThatThrownBy(() -> node.erase(TENANT, new CustomerId(UUID.randomUUID())))
                .isInstanceOf(AggregateNotFoundException.class);
    }

    @Test
    void an_erasure_waits_for_whoever_is_booking_and_then_takes_their_data_too() throws Exception {
        var identifier = anIdentifier();
        var customer = admit(identifier);
        var subject = SubjectId.customer(customer);
        var erased = new CompletableFuture<Void>();

        var sealed =
                node.inCommand(
                        c -> {
                            node.customers.admit(TENANT, identifier);
                            Thread.startVirtualThread(
                                    () -> {
                                        try {
                                            node.erase(TENANT, customer);
                                            erased.complete(null);
                                        } catch (RuntimeException cause) {
                                            erased.completeExceptionally(cause);
                                        }
                                    });
                            waitUntilSomebodyWaitsForALock();
                            assertThat(erased).isNotDone();
                            return node.keys.seal(TENANT, subject, bytes("just in time"));
                        });

        erased.get(20, TimeUnit.SECONDS);
        assertThat(node.keys.open(TENANT, sealed)).isEmpty();
    }

    private static void waitUntilSomebodyWaitsForALock() {
        org.awaitility.Awaitility.await()
                .until(
                        () ->
                                node.jdbc
                                                .sql(
                                                        "select count(*) from pg_stat_activity"
                                                            + " where wait_event_type = 'Lock' and"
                                                            + " datname = current_database()")
                                                .query(Long.class)
                                                .single()
                                        > 0);
    }

    private static CustomerId admit(String identifier) {
        return node.inCommand(c -> node.customers.admit(TENANT, identifier));
    }

    private static String anIdentifier() {
        return "ID" + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
