package holdfast.seals;

import holdfast.followers.LoggedEvent;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an event that are sealed, which are those that stand in an export: a JSON object
 * with its members in one fixed order, payload and metadata byte by byte as they are stored.
 */
final class SealedEvent {

    private static final JsonMapper JSON = JsonMapper.shared();

    private SealedEvent() {}

    static byte[] bytes(LoggedEvent event) {
        var line =
                new ByteArrayOutputStream(event.payload().length + event.metadata().length + 400);
        line.writeBytes(
                """
                {"position":%d,"id":%s,"stream":%s,"sequence":%d,"kind":%s,"name":%s,"revision":%s,\
                "recordedAt":"%s","payload":\
                """
                        .formatted(
                                event.position(),
                                JSON.writeValueAsString(event.id()),
                                JSON.writeValueAsString(event.stream()),
                                event.sequence(),
                                JSON.writeValueAsString(event.kind()),
                                JSON.writeValueAsString(event.name()),
                                JSON.writeValueAsString(event.revision()),
                                event.recordedAt())
                        .getBytes(StandardCharsets.UTF_8));
        line.writeBytes(event.payload());
        line.writeBytes(",\"metadata\":".getBytes(StandardCharsets.UTF_8));
        line.writeBytes(event.metadata());
        line.write('}');
        return line.toByteArray();
    }

    /**
     * The tenant that the payload names.
     *
     * @throws IllegalArgumentException if it names none
     */
    static String tenantOf(LoggedEvent event) {
        try (var payload = JSON.createParser(event.payload())) {
            if (payload.nextToken() == JsonToken.START_OBJECT) {
                while (payload.nextToken() == JsonToken.PROPERTY_NAME) {
                    if (payload.currentName().equals("tenant")) {
                        return tenant(payload, event);
                    }
                    payload.nextToken();
                    payload.skipChildren();
                }
            }
        }
        throw nameless(event);
    }

    private static String tenant(JsonParser payload, LoggedEvent event) {
        if (payload.nextToken() != JsonToken.VALUE_STRING) {
            throw nameless(event);
        }
        return payload.getString();
    }

    private static IllegalArgumentException nameless(LoggedEvent event) {
        return new IllegalArgumentException(
                "The event %d, %s, names no tenant".formatted(event.position(), event.name()));
    }
}
