package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one service of a tenant: something an appointment can be made for. */
public record ServiceId(@JsonValue String text) {

    public ServiceId {
        IdText.check(text);
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static ServiceId of(String text) {
        return new ServiceId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
