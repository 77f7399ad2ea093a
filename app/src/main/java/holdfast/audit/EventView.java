package holdfast.audit;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.followers.LoggedEvent;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * One event of the log as auditors see it.
 *
 * @param position its number in the log
 * @param stream such as a reservation's id
 * @param sequence its number in its stream, from 0
 * @param actor who asked for it: a client's id, or {@code system}; null if nobody did
 * @param requestId of the request that led to it; null if none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventView(
        long position,
        String stream,
        long sequence,
        OffsetDateTime recordedAt,
        String name,
        @Nullable String revision,
        @Nullable String actor,
        @Nullable String requestId,
        @Schema(types = "object", implementation = Object.class) JsonNode payload) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * @param payload as it is to be shown
     */
    public static EventView of(LoggedEvent event, JsonNode payload) {
        var metadata = JSON.readTree(event.metadata());
        return new EventView(
                event.position(),
                event.stream(),
                event.sequence(),
                event.recordedAt().atOffset(ZoneOffset.UTC),
                event.name(),
                event.revision(),
                text(metadata, "actor"),
                text(metadata, "requestId"),
                payload);
    }

    private static @Nullable String text(JsonNode metadata, String name) {
        return metadata.path(name).isString() ? metadata.path(name).asString() : null;
    }
}
