package holdfast.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digests of what clients send, the same on all nodes. They are made with a key that the database
 * has sealed only, so that nobody who reads a digest can find out by trying what was sent.
 */
public final class RequestDigest {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    RequestDigest(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * @return 32 bytes; the same text cut into other parts gives others
     */
    public byte[] of(byte[]... parts) {
        try {
            var digest = Mac.getInstance(ALGORITHM);
            digest.init(key);
            for (var part : parts) {
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                digest.update(part);
            }
            return digest.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
