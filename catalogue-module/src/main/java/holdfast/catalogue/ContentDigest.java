package holdfast.catalogue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Content known again by its SHA-256 (FIPS 180-4). */
public final class ContentDigest {

    private static final int CHARACTERS = 22;

    private ContentDigest() {}

    /** Of the parts as one text, whatever it is cut into; 32 bytes. */
    public static byte[] of(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The same as an entity tag (RFC 9110, section 8.8.3); weak, so that a server or a proxy may
     * still compress the answer.
     */
    public static String tag(byte[]... parts) {
        return "W/\"" + text(parts) + "\"";
    }

    /** The beginning of the same in the letters of base64url, enough to tell contents apart. */
    public static String text(byte[]... parts) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(of(parts))
                .substring(0, CHARACTERS);
    }
}
