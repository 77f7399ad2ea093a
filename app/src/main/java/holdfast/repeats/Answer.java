package holdfast.repeats;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** An answer as it went out: the status, the headers that belong to it, and the body. */
final class Answer {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    final int status;
    final Map<String, String> headers;
    final byte[] body;

    Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    byte[] sealed(byte[] key) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var text = crypt(Cipher.ENCRYPT_MODE, key, nonce, asBytes());
        var sealed = Arrays.copyOf(nonce, NONCE_BYTES + text.length);
        System.arraycopy(text, 0, sealed, NONCE_BYTES, text.length);
        return sealed;
    }

    /**
     * @throws IllegalStateException if it was sealed under another key, or altered
     */
    static Answer open(byte[] key, byte[] sealed) {
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        var text = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return read(crypt(Cipher.DECRYPT_MODE, key, nonce, text));
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException("An answer cannot be sealed or opened", cause);
        }
    }

    private byte[] asBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeShort(status);
            out.writeByte(headers.size());
            for (var header : headers.entrySet()) {
                out.writeUTF(header.getKey());
                out.writeUTF(header.getValue());
            }
            out.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static Answer read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int status = in.readUnsignedShort();
            var headers = new LinkedHashMap<String, String>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                headers.put(in.readUTF(), in.readUTF());
            }
            return new Answer(status, headers, in.readAllBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
