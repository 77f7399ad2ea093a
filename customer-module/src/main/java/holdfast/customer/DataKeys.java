package holdfast.customer;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Data keys in the table {@code data_key}, each wrapped by the master key.
 *
 * <p>Whoever seals reads the key's row, and so locks it, in the transaction that stores what was
 * sealed: a forgetting of the same subject waits for that transaction or comes before it, and
 * nothing is ever sealed under a key that is already deleted.
 */
final class DataKeys implements PersonalData {

    private record Owner(TenantId tenant, SubjectId subject) {}

    private final MasterKey master;
    private final JdbcClient jdbc;
    private final KeyCache cache;

    DataKeys(MasterKey master, JdbcClient jdbc, Clock clock) {
        this.master = master;
        this.jdbc = jdbc;
        this.cache = new KeyCache(clock);
    }

    @Override
    public Sealed seal(TenantId tenant, SubjectId subject, byte[] plain) {
        return keyOf(tenant, subject).seal(plain);
    }

    @Override
    public Optional<byte[]> open(TenantId tenant, Sealed sealed) {
        return Optional.ofNullable(open(tenant, List.of(sealed)).get(sealed));
    }

    @Override
    public Map<Sealed, byte[]> open(TenantId tenant, Collection<Sealed> sealed) {
        var ids = sealed.stream().map(DataKeys::keyId).collect(Collectors.toSet());
        var keys = keys(tenant, ids);
        var opened = new HashMap<Sealed, byte[]>();
        for (var one : sealed) {
            var key = keys.get(keyId(one));
            if (key != null) {
                opened.put(one, key.open(one));
            }
        }
        return opened;
    }

    @Override
    public Map<Sealed, byte[]> openOf(
            TenantId tenant, SubjectId subject, Collection<Sealed> sealed) {
        var key =
                jdbc.sql(
                                """
                                select key_id::text from data_key
                                where tenant_id = :tenant and subject = :subject
                                """)
                        .param("tenant", tenant.toString())
                        .param("subject", subject.toString())
                        .query(String.class)
                        .optional();
        return key.isEmpty()
                ? Map.of()
                : open(tenant, sealed.stream().filter(one -> one.key().equals(key.get())).toList());
    }

    @Override
    public void forget(TenantId tenant, SubjectId subject) {
        var deleted =
                jdbc.sql(
                                """
                                delete from data_key where tenant_id = :tenant and subject = :subject
                                returning key_id
                                """)
                        .param("tenant", tenant.toString())
                        .param("subject", subject.toString())
                        .query((row, n) -> row.getObject("key_id", UUID.class))
                        .list();
        inHand().remove(new Owner(tenant, subject));
        for (var id : deleted) {
            cache.forget(tenant, id);
            // Once more when it is certain: until then another thread may have read the row again.
            afterCommit(() -> cache.forget(tenant, id));
        }
    }

    /** Lets go of the tenant's keys in memory: one of them may be deleted. */
    void letGo(TenantId tenant) {
        cache.forgetAllOf(tenant);
    }

    /** The subject's key, to seal with. One statement, or none when this transaction has it. */
    DataKey keyOf(TenantId tenant, SubjectId subject) {
        var inHand = inHand();
        var owner = new Owner(tenant, subject);
        var known = inHand.get(owner);
        if (known != null) {
            return known;
        }
        var key = subject.isCustomer() ? existing(tenant, subject) : madeIfAbsent(tenant, subject);
        inHand.put(owner, key);
        return key;
    }

    /** Takes note, until the transaction ends, of a key whose row it has just written or read. */
    void take(TenantId tenant, SubjectId subject, UUID id, byte[] wrapped) {
        inHand().put(
                        new Owner(tenant, subject),
                        DataKey.unwrapped(master, tenant, subject, id, wrapped));
    }

    /** A new key for the subject, as it is stored. */
    byte[] made(TenantId tenant, SubjectId subject) {
        return DataKey.made(master, tenant, subject);
    }

    private DataKey existing(TenantId tenant, SubjectId customer) {
        return jdbc.sql(
                        """
                        select key_id, wrapped from data_key
                        where tenant_id = :tenant and subject = :subject for key share
                        """)
                .param("tenant", tenant.toString())
                .param("subject", customer.toString())
                .query(
                        (row, n) ->
                                DataKey.unwrapped(
                                        master,
                                        tenant,
                                        customer,
                                        row.getObject("key_id", UUID.class),
                                        row.getBytes("wrapped")))
                .optional()
                .orElseThrow(() -> new Refused(new CustomerRefusal.CustomerForgotten(customer)));
    }

    private DataKey madeIfAbsent(TenantId tenant, SubjectId subject) {
        // An update that changes nothing: unlike "do nothing" it answers with the row that is
        // there,
        // also with one that another transaction has just committed, and locks it.
        return jdbc.sql(
                        """
                        insert into data_key (tenant_id, key_id, subject, wrapped)
                        values (:tenant, :key, :subject, :wrapped)
                        on conflict (tenant_id, subject) do update set wrapped = data_key.wrapped
                        returning key_id, wrapped
                        """)
                .param("tenant", tenant.toString())
                .param("key", UUID.randomUUID())
                .param("subject", subject.toString())
                .param("wrapped", made(tenant, subject))
                .query(
                        (row, n) ->
                                DataKey.unwrapped(
                                        master,
                                        tenant,
                                        subject,
                                        row.getObject("key_id", UUID.class),
                                        row.getBytes("wrapped")))
                .single();
    }

    private Map<UUID, DataKey> keys(TenantId tenant, Set<UUID> ids) {
        var keys = new HashMap<UUID, DataKey>();
        for (var id : ids) {
            cache.find(tenant, id).ifPresent(key -> keys.put(id, key));
        }
        var absent = ids.stream().filter(id -> !keys.containsKey(id)).toList();
        if (!absent.isEmpty()) {
            var forgettings = cache.forgettings();
            jdbc.sql(
                            """
                            select key_id, subject, wrapped from data_key
                            where tenant_id = :tenant and key_id = any (cast(:ids as uuid[]))
                            """)
                    .param("tenant", tenant.toString())
                    .param(
                            "ids",
                            absent.stream()
                                    .map(UUID::toString)
                                    .collect(Collectors.joining(",", "{", "}")))
                    .query(
                            row -> {
                                var id = row.getObject("key_id", UUID.class);
                                var subject = SubjectId.of(row.getString("subject"));
                                var wrapped = row.getBytes("wrapped");
                                var key = DataKey.unwrapped(master, tenant, subject, id, wrapped);
                                keys.put(id, key);
                                cache.keep(tenant, id, key, forgettings);
                            });
        }
        return keys;
    }

    private static UUID keyId(Sealed sealed) {
        try {
            return UUID.fromString(sealed.key());
        } catch (IllegalArgumentException altered) {
            throw new IllegalStateException("Sealed text was altered: its key has no id");
        }
    }

    // What a transaction has read stays in its hand and ends with it: a key made in a transaction
    // that rolls back never was, and must not be found by the next one.
    private Map<Owner, DataKey> inHand() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return new HashMap<>();
        }
        for (var each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof KeysInHand hand && hand.of == this) {
                return hand.keys;
            }
        }
        var hand = new KeysInHand(this);
        TransactionSynchronizationManager.registerSynchronization(hand);
        return hand.keys;
    }

    private static void afterCommit(Runnable action) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            action.run();
                        }
                    });
        }
    }

    private static final class KeysInHand implements TransactionSynchronization {
        final DataKeys of;
        final long forgettings;
        final Map<Owner, DataKey> keys = new HashMap<>();

        KeysInHand(DataKeys of) {
            this.of = of;
            this.forgettings = of.cache.forgettings();
        }

        /** Whoever sealed is likely to open next. */
        @Override
        public void afterCommit() {
            keys.forEach((owner, key) -> of.cache.keep(owner.tenant(), key.id(), key, forgettings));
        }
    }
}
