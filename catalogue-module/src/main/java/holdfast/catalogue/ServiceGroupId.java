package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one group under which services are listed. */
public record ServiceGroupId(@JsonValue String text) {

    public ServiceGroupId {
        IdText.check(text);
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static ServiceGroupId of(String text) {
        return new ServiceGroupId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
