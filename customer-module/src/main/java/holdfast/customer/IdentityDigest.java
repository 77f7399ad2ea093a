package holdfast.customer;

import holdfast.catalogue.TenantId;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a personal identifier into what is stored of it. Keyed, since there are few enough
 * identifiers in the world to try them all against a plain hash.
 */
final class IdentityDigest {

    private final SecretKeySpec key;

    IdentityDigest(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** Different for the same identifier at another tenant, so that tables cannot be joined. */
    byte[] of(TenantId tenant, String personalIdentifier) {
        return hmac(key, (tenant + "\n" + personalIdentifier).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hmac(SecretKeySpec key, byte[] text) {
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("This Java has no " + key.getAlgorithm(), cause);
        }
    }
}
