package holdfast.customer;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.XChaCha20Poly1305;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * The one key that all other keys are kept under. It is never in the database.
 *
 * <p>XChaCha20-Poly1305, since its nonces are long enough to be drawn at random for every key that
 * will ever be made; with AES-GCM a busy installation would come near the limit within years.
 */
public final class MasterKey {

    static final int BYTES = 32;

    private final Aead aead;

    /**
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    public MasterKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A master key has %d bytes".formatted(BYTES));
        }
        try {
            aead = new ThreadKeepingAead(new XChaCha20Poly1305(bytes));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("This Java has no XChaCha20-Poly1305", cause);
        }
    }

    /**
     * Seals a key.
     *
     * @param purpose what the key is for; only the same purpose unwraps it
     */
    public byte[] wrap(byte[] key, String purpose) {
        try {
            return aead.encrypt(key, purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("A key could not be wrapped", cause);
        }
    }

    /**
     * Opens what {@link #wrap} sealed for the same purpose.
     *
     * @throws IllegalStateException if it was altered, is for another purpose, or was sealed under
     *     another master key
     */
    public byte[] unwrap(byte[] wrapped, String purpose) {
        try {
            return aead.decrypt(wrapped, purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException(
                    "A key was altered or sealed under another master key: " + purpose, cause);
        }
    }

    @Override
    public String toString() {
        return "the master key";
    }
}
