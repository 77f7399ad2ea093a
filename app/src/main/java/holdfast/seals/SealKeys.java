package holdfast.seals;

import holdfast.customer.MasterKey;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys that sign tree heads. All nodes share them; the database has the private halves sealed
 * under the master key only.
 */
@Component
public class SealKeys {

    private static final String ALGORITHM = "Ed25519";
    private static final String PURPOSE = "seals:";

    private final JdbcClient sql;
    private final MasterKey master;

    SealKeys(JdbcClient sql, MasterKey master) {
        this.sql = sql;
        this.master = master;
    }

    record Signing(String keyId, PrivateKey key) {

        byte[] sign(byte[] text) {
            try {
                var signer = Signature.getInstance(ALGORITHM);
                signer.initSign(key);
                signer.update(text);
                return signer.sign();
            } catch (GeneralSecurityException cause) {
                throw new IllegalStateException("This Java signs nothing with Ed25519", cause);
            }
        }
    }

    /** The public halves of all there ever were, newest first. */
    public List<SignedHead.Key> published() {
        return sql.sql("select key_id, public_key from seal_key order by created_at desc, key_id")
                .query(
                        (row, _) ->
                                new SignedHead.Key(
                                        row.getString(1),
                                        Base64.getEncoder().encodeToString(row.getBytes(2))))
                .list();
    }

    /** The newest one; made by whoever asks first. */
    Signing signing() {
        return newest().orElseGet(this::make);
    }

    private Optional<Signing> newest() {
        return sql
                .sql("select key_id, wrapped from seal_key order by created_at desc, key_id")
                .query((row, _) -> opened(row.getString(1), row.getBytes(2)))
                .list()
                .stream()
                .findFirst();
    }

    private Signing make() {
        var pair = pair();
        // named by its own bytes, so that two keys never share a name
        var keyId = Hash.ofLeaf(pair.getPublic().getEncoded()).toString().substring(0, 16);
        sql.sql(
                        """
                        insert into seal_key (key_id, public_key, wrapped)
                        select ?, ?, ? where not exists (select from seal_key)
                        """)
                .params(
                        keyId,
                        pair.getPublic().getEncoded(),
                        master.wrap(pair.getPrivate().getEncoded(), PURPOSE + keyId))
                .update();
        return newest().orElseThrow();
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("This Java makes no Ed25519 keys", cause);
        }
    }

    private Signing opened(String keyId, byte[] wrapped) {
        try {
            return new Signing(
                    keyId,
                    KeyFactory.getInstance(ALGORITHM)
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(
                                            master.unwrap(wrapped, PURPOSE + keyId))));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("The key %s is unreadable".formatted(keyId), cause);
        }
    }
}
