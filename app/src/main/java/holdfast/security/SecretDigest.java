package holdfast.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns a client's secret into what is stored of it: an HMAC under a key that is sealed by the
 * master key.
 *
 * <p>Slow hashes protect what people can remember. These secrets are 256 random bits, which no
 * speed helps to guess; a slow hash would only let anybody keep this server busy by asking for
 * tokens. An operator may choose a weaker secret: the key keeps that one, too, from being tried out
 * against a stolen table.
 */
final class SecretDigest implements PasswordEncoder {

    private final SecretKeySpec key;

    SecretDigest(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    @Override
    public String encode(@Nullable CharSequence secret) {
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            var bytes = String.valueOf(secret).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(mac.doFinal(bytes));
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("This Java has no " + key.getAlgorithm(), cause);
        }
    }

    /**
     * Whether it is the secret of one of these digests.
     *
     * @param digests with a space between: while a secret is replaced there are two
     */
    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String digests) {
        var given = encode(secret).getBytes(StandardCharsets.US_ASCII);
        var matches = false;
        for (var digest : String.valueOf(digests).split(" ")) {
            matches |= MessageDigest.isEqual(given, digest.getBytes(StandardCharsets.US_ASCII));
        }
        return matches;
    }
}
