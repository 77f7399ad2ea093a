package holdfast.seals;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;

/**
 * What the installation vouches for: a tenant's log had so many events, and this is the root of
 * their tree.
 *
 * @param position in the log, of the last of these events
 * @param signedAt UTC, to the microsecond
 * @param keyId of the key that signed it
 * @param signature Ed25519 (RFC 8032) over {@link #text}
 */
public record TreeHead(
        String tenant,
        long size,
        long position,
        Hash root,
        Instant signedAt,
        String keyId,
        byte[] signature) {

    private static final String ALGORITHM = "Ed25519";

    /** What is signed: seven lines. */
    static byte[] text(
            String tenant, long size, long position, Hash root, Instant signedAt, String keyId) {
        return """
        holdfast tree head 1
        %s
        %d
        %d
        %s
        %s
        %s
        """
                .formatted(tenant, size, position, root, signedAt, keyId)
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Whether the signature is that of a key.
     *
     * @param key as X.509 has it
     * @throws IllegalArgumentException if this is no such key
     */
    public boolean isSignedWith(byte[] key) {
        try {
            PublicKey publicKey =
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(key));
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(publicKey);
            verifier.update(text(tenant, size, position, root, signedAt, keyId));
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException noKey) {
            throw new IllegalArgumentException("This is no Ed25519 key", noKey);
        }
    }
}
