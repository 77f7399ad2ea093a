package holdfast.audit.feed;

import holdfast.followers.LoggedEvent;

import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Events as {@link holdfast.audit.EventView} writes them, each on one line. The payload goes out as
 * it is stored, without being read.
 */
final class EventLines {

    private static final JsonFactory JSON = new JsonFactory();

    private EventLines() {}

    static byte[] line(LoggedEvent event) {
        var bytes = new ByteArrayOutputStream(event.payload().length + 300);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("position", event.position());
            json.writeStringProperty("stream", event.stream());
            json.writeNumberProperty("sequence", event.sequence());
            json.writeStringProperty("recordedAt", event.recordedAt().toString());
            json.writeStringProperty("name", event.name());
            json.writeStringProperty("revision", event.revision());
            try (var metadata = JSON.createParser(ObjectReadContext.empty(), event.metadata())) {
                metadata.nextToken();
                for (var name = metadata.nextName(); name != null; name = metadata.nextName()) {
                    boolean isText = metadata.nextToken() == JsonToken.VALUE_STRING;
                    if (isText && (name.equals("actor") || name.equals("requestId"))) {
                        json.writeStringProperty(name, metadata.getString());
                    } else {
                        metadata.skipChildren();
                    }
                }
            }
            json.writeName("payload");
            json.writeRawValue(new String(event.payload(), StandardCharsets.UTF_8));
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
