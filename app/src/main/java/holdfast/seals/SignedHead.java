package holdfast.seals;

import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A tree head as it stands in answers and exports.
 *
 * @param signature in base64
 */
public record SignedHead(
        String tenant,
        long size,
        long position,
        Hash root,
        Instant signedAt,
        String keyId,
        String signature) {

    /** Read from a file that somebody may have altered, it is whole or not there. */
    public SignedHead {
        Stream.of(tenant, root, signedAt, keyId, signature).forEach(Objects::requireNonNull);
    }

    /**
     * The public half of a key that signs.
     *
     * @param publicKey as X.509 has it, in base64
     */
    public record Key(String keyId, String publicKey) {
        public Key {
            Stream.of(keyId, publicKey).forEach(Objects::requireNonNull);
        }
    }

    static SignedHead of(TreeHead head) {
        return new SignedHead(
                head.tenant(),
                head.size(),
                head.position(),
                head.root(),
                head.signedAt(),
                head.keyId(),
                Base64.getEncoder().encodeToString(head.signature()));
    }

    /**
     * @throws IllegalArgumentException if the signature is not base64
     */
    TreeHead asHead() {
        return new TreeHead(
                tenant,
                size,
                position,
                root,
                signedAt,
                keyId,
                Base64.getDecoder().decode(signature));
    }
}
