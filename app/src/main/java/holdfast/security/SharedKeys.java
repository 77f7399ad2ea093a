package holdfast.security;

import holdfast.customer.MasterKey;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * Keys that all nodes share and that outlive a restart. Whichever node asks first makes them; the
 * database has them sealed under the master key only.
 */
final class SharedKeys {

    private final MasterKey master;
    private final JdbcClient jdbc;

    SharedKeys(MasterKey master, JdbcClient jdbc) {
        this.master = master;
        this.jdbc = jdbc;
    }

    /** What clients' secrets are digested with. */
    byte[] clientSecrets() {
        return findOrMake("client-secrets");
    }

    /** What requests are digested with. */
    byte[] requests() {
        return findOrMake("requests");
    }

    private byte[] findOrMake(String name) {
        var wrapped = find(name);
        if (wrapped.isEmpty()) {
            jdbc.sql(
                            """
                            insert into security_key (name, wrapped) values (:name, :wrapped)
                            on conflict do nothing
                            """)
                    .param("name", name)
                    .param("wrapped", master.wrap(newDigestKey(), name))
                    .update();
            wrapped = find(name); // another node's, if it was faster
        }
        return master.unwrap(wrapped.orElseThrow(), name);
    }

    private Optional<byte[]> find(String name) {
        return jdbc.sql("select wrapped from security_key where name = :name")
                .param("name", name)
                .query(byte[].class)
                .optional();
    }

    private static byte[] newDigestKey() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
