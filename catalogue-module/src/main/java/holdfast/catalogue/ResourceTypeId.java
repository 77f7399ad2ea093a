package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one kind of resource, such as desks. */
public record ResourceTypeId(@JsonValue String text) {

    public ResourceTypeId {
        IdText.check(text);
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static ResourceTypeId of(String text) {
        return new ResourceTypeId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
