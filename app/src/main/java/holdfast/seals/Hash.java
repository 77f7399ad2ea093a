package holdfast.seals;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A node of a hash tree: SHA-256 with a byte before that tells leaves from inner nodes (RFC 9162,
 * section 2.1.1). Written as 64 hexadecimal digits.
 */
public final class Hash {

    static final int BYTES = 32;

    /** Of a tree without leaves. */
    static final Hash OF_NOTHING = new Hash(sha256().digest());

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException if there are not 32 bytes
     */
    static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A hash has %d bytes".formatted(BYTES));
        }
        return new Hash(bytes.clone());
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    @JsonCreator
    public static Hash of(String hexadecimal) {
        return of(HexFormat.of().parseHex(hexadecimal));
    }

    public static Hash ofLeaf(byte[] content) {
        var digest = sha256();
        digest.update(LEAF);
        return new Hash(digest.digest(content));
    }

    static Hash ofNode(Hash left, Hash right) {
        var digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @JsonValue
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
