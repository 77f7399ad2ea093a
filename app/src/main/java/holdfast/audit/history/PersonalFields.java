package holdfast.audit.history;

import holdfast.catalogue.TenantId;
import holdfast.customer.PersonalData;
import holdfast.customer.Sealed;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is sealed in events, as somebody may see it: readable, {@code "erased"} where the key is
 * gone, and {@code "sealed"} to whoever may not read it.
 */
public final class PersonalFields {

    private static final String SEALED = "sealed";
    private static final String ERASED = "erased";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final boolean readable;
    private final Map<Sealed, byte[]> opened;

    private PersonalFields(boolean readable, Map<Sealed, byte[]> opened) {
        this.readable = readable;
        this.opened = opened;
    }

    /** For somebody who may not read them: no key is looked for. */
    public static PersonalFields unread() {
        return new PersonalFields(false, Map.of());
    }

    /**
     * For somebody who may; opens all that is sealed in these payloads, with one statement.
     *
     * @param payloads of events of this tenant
     */
    static PersonalFields read(PersonalData data, TenantId tenant, List<JsonNode> payloads) {
        var sealed = new ArrayList<Sealed>();
        payloads.forEach(payload -> collect(payload, sealed));
        return new PersonalFields(true, sealed.isEmpty() ? Map.of() : data.open(tenant, sealed));
    }

    private static void collect(JsonNode payload, List<Sealed> into) {
        for (var member : payload) {
            var sealed = sealed(member);
            if (sealed != null) {
                into.add(sealed);
            }
        }
    }

    /** The payload as it may be seen; sealed members stand on the first level only. */
    public JsonNode shown(JsonNode payload) {
        if (!(payload.deepCopy() instanceof ObjectNode copy)) {
            return payload;
        }
        for (var member : payload.properties()) {
            var sealed = sealed(member.getValue());
            if (sealed != null) {
                copy.set(member.getKey(), shown(sealed));
            }
        }
        return copy;
    }

    /** Null if there is nothing. */
    @Nullable JsonNode shownOrNull(@Nullable Sealed sealed) {
        return sealed == null ? null : shown(sealed);
    }

    private JsonNode shown(Sealed sealed) {
        if (!readable) {
            return StringNode.valueOf(SEALED);
        }
        var text = opened.get(sealed);
        return text == null ? StringNode.valueOf(ERASED) : content(text);
    }

    /** Details are an object; notes and reasons are what somebody wrote. */
    private static JsonNode content(byte[] text) {
        var written = new String(text, StandardCharsets.UTF_8);
        if (written.startsWith("{\"customer\":{")) {
            return JSON.readTree(written);
        }
        return StringNode.valueOf(written);
    }

    private static @Nullable Sealed sealed(JsonNode node) {
        return node.isObject()
                        && node.size() == 2
                        && node.path("key").isString()
                        && node.path("text").isString()
                ? new Sealed(node.path("key").asString(), node.path("text").asString())
                : null;
    }
}
