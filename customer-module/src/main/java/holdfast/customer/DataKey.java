package holdfast.customer;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;

import holdfast.catalogue.TenantId;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

import javax.crypto.spec.SecretKeySpec;

/** One subject's key, unwrapped: AES-256-GCM to seal, and HMAC-SHA-256 for fingerprints. */
final class DataKey {

    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final UUID id;
    private final byte[] context;
    private final Aead aead;
    private final SecretKeySpec fingerprints;

    private DataKey(TenantId tenant, UUID id, byte[] bytes) {
        this.id = id;
        this.context = (tenant + "|" + id).getBytes(StandardCharsets.UTF_8);
        try {
            aead = new ThreadKeepingAead(new AesGcmJce(bytes));
            var fingerprintKey =
                    Hkdf.computeHkdf(
                            "HMACSHA256",
                            bytes,
                            new byte[0],
                            "fingerprint".getBytes(StandardCharsets.UTF_8),
                            BYTES);
            fingerprints = new SecretKeySpec(fingerprintKey, "HmacSHA256");
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("This Java has no AES-256-GCM", cause);
        }
    }

    /** A new key, as it is stored. */
    static byte[] made(MasterKey master, TenantId tenant, SubjectId subject) {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return master.wrap(bytes, purpose(tenant, subject));
    }

    /**
     * @throws IllegalStateException if the row was altered or moved from another subject
     */
    static DataKey unwrapped(
            MasterKey master, TenantId tenant, SubjectId subject, UUID id, byte[] wrapped) {
        return new DataKey(tenant, id, master.unwrap(wrapped, purpose(tenant, subject)));
    }

    private static String purpose(TenantId tenant, SubjectId subject) {
        return "data-key|" + tenant + "|" + subject;
    }

    UUID id() {
        return id;
    }

    Sealed seal(byte[] plain) {
        try {
            return new Sealed(id.toString(), base64(aead.encrypt(plain, context)));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("Personal data could not be sealed", cause);
        }
    }

    byte[] open(Sealed sealed) {
        try {
            return aead.decrypt(Base64.getUrlDecoder().decode(sealed.text()), context);
        } catch (GeneralSecurityException | IllegalArgumentException altered) {
            throw new IllegalStateException(
                    "Sealed text was altered; its key is " + sealed.key(), altered);
        }
    }

    String fingerprint(byte[] canonical) {
        return base64(IdentityDigest.hmac(fingerprints, canonical));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
