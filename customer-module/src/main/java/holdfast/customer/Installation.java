package holdfast.customer;

import com.google.crypto.tink.subtle.Random;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.Optional;

/**
 * The keys of this installation: the master key, and below it the one that turns identifiers into
 * digests.
 */
record Installation(MasterKey master, IdentityDigest identities) {

    private static final String IDENTITY_KEY = "identity-digest";

    /**
     * Finds the master key and proves that it is the one of this database; the first node to come
     * decides which one that is.
     *
     * @throws WrongMasterKey if it is another one, or missing although the database has one
     */
    static Installation open(MasterKeys keys, JdbcClient jdbc) {
        var found = keys.find();
        if (found.isEmpty() && wrappedIdentityKey(jdbc).isPresent()) {
            // Nothing may be made up here: data sealed under the missing key would look lost.
            throw new WrongMasterKey(
                    "This database was sealed with a master key, and there is none in %s. Put that file back or set HOLDFAST_MASTER_KEY."
                            .formatted(keys.source()));
        }
        var master = found.orElseGet(keys::create);
        jdbc.sql(
                        """
                        insert into installation_key (name, wrapped) values (:name, :wrapped)
                        on conflict do nothing
                        """)
                .param("name", IDENTITY_KEY)
                .param("wrapped", master.wrap(Random.randBytes(32), IDENTITY_KEY))
                .update();
        var wrapped = wrappedIdentityKey(jdbc).orElseThrow();
        try {
            return new Installation(
                    master, new IdentityDigest(master.unwrap(wrapped, IDENTITY_KEY)));
        } catch (IllegalStateException anotherKey) {
            throw new WrongMasterKey(
                    "The master key in %s is not the one this database was sealed with."
                            .formatted(keys.source()));
        }
    }

    private static Optional<byte[]> wrappedIdentityKey(JdbcClient jdbc) {
        return jdbc.sql("select wrapped from installation_key where name = :name")
                .param("name", IDENTITY_KEY)
                .query(byte[].class)
                .optional();
    }
}
