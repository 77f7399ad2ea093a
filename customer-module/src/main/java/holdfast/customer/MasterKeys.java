package holdfast.customer;

import com.google.crypto.tink.subtle.Random;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Where the master key comes from: the setting {@code HOLDFAST_MASTER_KEY} (32 bytes in base64), or
 * else the file {@code master-key.json} in {@code HOLDFAST_HOME}, which only its owner can read.
 */
final class MasterKeys {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final @Nullable String setting;
    private final Path home;
    private final Path file;

    MasterKeys(@Nullable String setting, Path home) {
        this.setting = setting == null || setting.isBlank() ? null : setting.strip();
        this.home = home;
        this.file = home.resolve("master-key.json");
    }

    /** Where the key was looked for, for messages. */
    String source() {
        return setting != null ? "HOLDFAST_MASTER_KEY" : file.toString();
    }

    /**
     * The key, if there is one.
     *
     * @throws WrongMasterKey if what stands there is no key
     */
    Optional<MasterKey> find() {
        if (setting != null) {
            return Optional.of(read(setting));
        }
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    read(JSON.readTree(Files.readAllBytes(file)).path("masterKey").asString("")));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (JacksonException notJson) { // its message could quote the key
            throw new WrongMasterKey("%s is not readable as JSON".formatted(file));
        }
    }

    /** Makes the file with a new key, unless another process was faster: then its key. */
    MasterKey create() {
        try {
            Files.createDirectories(home);
            var content =
                    JSON.writeValueAsBytes(
                            JSON.createObjectNode()
                                    .put(
                                            "masterKey",
                                            Base64.getEncoder()
                                                    .encodeToString(
                                                            Random.randBytes(MasterKey.BYTES))));
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            var draft = Files.createTempFile(home, "master-key", ".draft", ownerOnly);
            try {
                writeDurably(draft, content);
                // A link, not a move: it fails where a file is, and nobody sees half a key.
                Files.createLink(file, draft);
                force(home, StandardOpenOption.READ);
            } catch (FileAlreadyExistsException somebodyWasFaster) {
                // its key counts
            } finally {
                Files.delete(draft);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException("No master key can be kept in " + home, cause);
        }
        return find().orElseThrow();
    }

    private MasterKey read(String base64) {
        try {
            return new MasterKey(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notAKey) {
            throw new WrongMasterKey(
                    "%s must hold %d bytes in base64".formatted(source(), MasterKey.BYTES));
        }
    }

    private static void writeDurably(Path path, byte[] content) throws IOException {
        try (var channel = FileChannel.open(path, EnumSet.of(StandardOpenOption.WRITE))) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
