package holdfast.seals;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Whether an export is what was sealed. Needs the file and, to trust nobody, the public key from
 * elsewhere; neither a database nor a network.
 */
public final class ExportCheck {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String EVENT = "{\"event\":";
    private static final String LEAVES = "{\"leaves\":";
    private static final String HEAD = "{\"head\":";

    /** With which key the signature was checked. */
    public enum CheckedWith {
        /** One that whoever checks brought along. */
        OWN,
        /** The one in the file, which whoever made the file could have made, too. */
        THAT_OF_THE_FILE
    }

    /**
     * @param findings what is wrong, and where; empty: the file is what was sealed
     * @param signedAt as text; empty if there is no head
     */
    public record Result(
            String tenant,
            long events,
            String root,
            String signedAt,
            String keyId,
            CheckedWith checkedWith,
            List<String> findings) {

        public boolean isIntact() {
            return findings.isEmpty();
        }
    }

    private final byte @Nullable [] key;
    private final List<String> findings = new ArrayList<>();
    private final Tampering events = new Tampering();
    private final List<Hash> leaves = new ArrayList<>();
    private String tenant = "";
    private long promised = -1;
    private @Nullable SignedHead head;
    private List<SignedHead.Key> keys = List.of();

    private ExportCheck(byte @Nullable [] key) {
        this.key = key;
    }

    /**
     * @param key to trust, as X.509 has it; null: the one in the file
     * @param progress hears how many lines were read
     */
    public static Result of(BufferedReader lines, byte @Nullable [] key, LongConsumer progress)
            throws IOException {
        var check = new ExportCheck(key);
        long count = 0;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            check.take(line, ++count);
            progress.accept(count);
        }
        return check.result();
    }

    private void take(String line, long number) {
        try {
            if (number == 1) {
                header(JSON.readTree(line));
            } else if (head != null) {
                findings.add("line %d comes after the end".formatted(number));
            } else if (line.startsWith(EVENT) && line.endsWith("}")) {
                event(line.substring(EVENT.length(), line.length() - 1));
            } else if (line.startsWith(LEAVES)) {
                for (var leaf : JSON.readTree(line).path("leaves")) {
                    leaves.add(Hash.of(leaf.asString()));
                }
            } else if (line.startsWith(HEAD)) {
                trailer(JSON.readTree(line));
            } else {
                findings.add("line %d is none of an export".formatted(number));
            }
        } catch (JacksonException | IllegalArgumentException unreadable) {
            findings.add("line %d cannot be read".formatted(number));
        }
    }

    private void header(JsonNode header) {
        if (!header.path("export").asString("").equals(Export.FORMAT)) {
            findings.add("line 1 is not the beginning of an export of this kind");
        }
        tenant = header.path("tenant").asString("");
        promised = header.path("events").asLong(-1);
    }

    private void event(String event) {
        events.met(Hash.ofLeaf(event.getBytes(StandardCharsets.UTF_8)), positionIn(event));
    }

    /** Without reading the whole; an altered event may say anything. */
    private static long positionIn(String event) {
        var begin = "{\"position\":";
        int comma = event.indexOf(',');
        if (!event.startsWith(begin) || comma < 0) {
            return -1;
        }
        try {
            return Long.parseLong(event.substring(begin.length(), comma));
        } catch (NumberFormatException altered) {
            return -1;
        }
    }

    private void trailer(JsonNode trailer) {
        head = JSON.treeToValue(trailer.path("head"), SignedHead.class);
        keys = Arrays.asList(JSON.treeToValue(trailer.path("keys"), SignedHead.Key[].class));
    }

    private Result result() {
        var signed = head;
        if (signed == null) {
            findings.add("the signed head is missing: the file ends early");
            return result("", "", "", CheckedWith.THAT_OF_THE_FILE);
        }
        if (!signed.tenant().equals(tenant) || signed.size() != promised) {
            findings.add("the first line says something else than the signed head");
        }
        checkSignature(signed);
        var root = new Frontier();
        leaves.forEach(root::add);
        if (root.size() == signed.size() && root.root().equals(signed.root())) {
            findings.addAll(events.against(leaves));
        } else if (events.count() == signed.size() && events.root().equals(signed.root())) {
            findings.add("the list of leaves was changed; the events are what was sealed");
        } else {
            findings.add("neither the list of leaves nor the events are what was sealed");
            findings.addAll(events.against(leaves));
        }
        return result(
                signed.root().toString(),
                signed.signedAt().toString(),
                signed.keyId(),
                key == null ? CheckedWith.THAT_OF_THE_FILE : CheckedWith.OWN);
    }

    private void checkSignature(SignedHead signed) {
        var trusted = key == null ? keyOfTheFile(signed.keyId()) : key;
        if (trusted == null) {
            findings.add("the key %s is missing".formatted(signed.keyId()));
            return;
        }
        try {
            if (!signed.asHead().isSignedWith(trusted)) {
                findings.add("the signature of the head is not that of this key");
            }
        } catch (IllegalArgumentException noKey) {
            findings.add("the signature of the head, or the key, cannot be read");
        }
    }

    private byte @Nullable [] keyOfTheFile(String keyId) {
        return keys.stream()
                .filter(each -> each.keyId().equals(keyId))
                .map(each -> Base64.getDecoder().decode(each.publicKey()))
                .findFirst()
                .orElse(null);
    }

    private Result result(String root, String signedAt, String keyId, CheckedWith with) {
        return new Result(
                tenant, events.count(), root, signedAt, keyId, with, List.copyOf(findings));
    }
}
