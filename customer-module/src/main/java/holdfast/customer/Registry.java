package holdfast.customer;

import holdfast.catalogue.TenantId;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Customers in the table {@code customer}, which knows an identifier by its keyed digest only.
 *
 * <p>Relies on PostgreSQL's usual isolation (read committed): a second admission of the same
 * identifier waits at the unique index and then sees the first one's row.
 */
final class Registry implements Customers, Erasure {

    private record Admitted(CustomerId customer, @Nullable UUID key, byte @Nullable [] wrapped) {}

    private final IdentityDigest identities;
    private final DataKeys keys;
    private final JdbcClient jdbc;
    private final Supplier<Repository<Customer>> aggregates;

    Registry(
            IdentityDigest identities,
            DataKeys keys,
            JdbcClient jdbc,
            Supplier<Repository<Customer>> aggregates) {
        this.identities = identities;
        this.keys = keys;
        this.jdbc = jdbc;
        this.aggregates = aggregates;
    }

    @Override
    public CustomerId admit(TenantId tenant, String personalIdentifier) {
        CurrentUnitOfWork.get(); // outside of one, the event would not share the row's fate
        var newcomer = new CustomerId(UUID.randomUUID());
        var newcomersKey = UUID.randomUUID();
        var wrapped = keys.made(tenant, SubjectId.customer(newcomer));
        var admitted =
                jdbc.sql(
                                """
                                with person as (
                                    insert into customer (tenant_id, identity, customer_id)
                                    values (:tenant, :identity, :newcomer)
                                    on conflict (tenant_id, identity)
                                        do update set identity = excluded.identity
                                    returning customer_id
                                ), key_of_newcomer as (
                                    insert into data_key (tenant_id, key_id, subject, wrapped)
                                    select :tenant, :key, 'customer:' || customer_id, :wrapped
                                    from person where customer_id = :newcomer
                                )
                                select person.customer_id, known.key_id, known.wrapped
                                from person left join data_key known
                                on known.tenant_id = :tenant
                                and known.subject = 'customer:' || person.customer_id
                                """)
                        .param("tenant", tenant.toString())
                        .param("identity", identities.of(tenant, personalIdentifier))
                        .param("newcomer", newcomer.value())
                        .param("key", newcomersKey)
                        .param("wrapped", wrapped)
                        .query(
                                (row, n) ->
                                        new Admitted(
                                                new CustomerId(
                                                        row.getObject("customer_id", UUID.class)),
                                                row.getObject("key_id", UUID.class),
                                                row.getBytes("wrapped")))
                        .single();
        if (admitted.customer().equals(newcomer)) {
            keys.take(tenant, SubjectId.customer(newcomer), newcomersKey, wrapped);
            register(tenant, newcomer);
        } else if (admitted.key() != null && admitted.wrapped() != null) {
            var known = SubjectId.customer(admitted.customer());
            keys.take(tenant, known, admitted.key(), admitted.wrapped());
        }
        return admitted.customer();
    }

    @Override
    public Optional<CustomerId> find(TenantId tenant, String personalIdentifier) {
        return jdbc.sql(
                        """
                        select customer_id from customer
                        where tenant_id = :tenant and identity = :identity
                        """)
                .param("tenant", tenant.toString())
                .param("identity", identities.of(tenant, personalIdentifier))
                .query(UUID.class)
                .optional()
                .map(CustomerId::new);
    }

    @Override
    public boolean knows(TenantId tenant, CustomerId customer) {
        return jdbc.sql(
                        """
                        select exists (
                            select from customer where tenant_id = :tenant and customer_id = :customer)
                        """)
                .param("tenant", tenant.toString())
                .param("customer", customer.value())
                .query(Boolean.class)
                .single();
    }

    @Override
    public String fingerprint(TenantId tenant, CustomerId customer, byte[] canonical) {
        return keys.keyOf(tenant, SubjectId.customer(customer)).fingerprint(canonical);
    }

    @Override
    public void erase(TenantId tenant, CustomerId customer) {
        // The row of the person first, as in admit: whoever is just booking keeps their key until
        // done.
        jdbc.sql("delete from customer where tenant_id = :tenant and customer_id = :customer")
                .param("tenant", tenant.toString())
                .param("customer", customer.value())
                .update();
        keys.forget(tenant, SubjectId.customer(customer));
    }

    private void register(TenantId tenant, CustomerId newcomer) {
        try {
            aggregates.get().newInstance(() -> new Customer(tenant, newcomer));
        } catch (RuntimeException refusal) {
            throw refusal;
        } catch (Exception unforeseen) {
            throw new IllegalStateException("A customer could not be registered", unforeseen);
        }
    }
}
