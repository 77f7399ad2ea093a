package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one resource of a pool: a desk, a room, a person. */
public record ResourceId(@JsonValue String text) {

    public ResourceId {
        IdText.check(text);
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static ResourceId of(String text) {
        return new ResourceId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
