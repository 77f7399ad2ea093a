package holdfast.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

import holdfast.customer.MasterKey;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Optional;
import java.util.function.Supplier;

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

    /**
     * What tokens are signed with. RSA, because a token is signed once and checked with every call,
     * and checking is where RSA is fast.
     */
    RSAKey tokenSigning() {
        try {
            var jwk = findOrMake("token-signing", SharedKeys::newSigningKey);
            return RSAKey.parse(new String(jwk, StandardCharsets.UTF_8));
        } catch (ParseException cause) {
            throw new IllegalStateException("The token-signing key is unreadable", cause);
        }
    }

    /** What clients' secrets are digested with. */
    byte[] clientSecrets() {
        return findOrMake("client-secrets", SharedKeys::newDigestKey);
    }

    /** What requests are digested with. */
    byte[] requests() {
        return findOrMake("requests", SharedKeys::newDigestKey);
    }

    private byte[] findOrMake(String name, Supplier<byte[]> maker) {
        var wrapped = find(name);
        if (wrapped.isEmpty()) {
            jdbc.sql(
                            """
                            insert into security_key (name, wrapped) values (:name, :wrapped)
                            on conflict do nothing
                            """)
                    .param("name", name)
                    .param("wrapped", master.wrap(maker.get(), name))
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

    private static byte[] newSigningKey() {
        try {
            var key =
                    new RSAKeyGenerator(2048)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.RS256)
                            .keyIDFromThumbprint(true)
                            .generate();
            return key.toJSONString().getBytes(StandardCharsets.UTF_8);
        } catch (JOSEException cause) {
            throw new IllegalStateException("This Java makes no RSA keys", cause);
        }
    }
}
