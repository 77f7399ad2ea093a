package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one resource pool: the resources of one type at one branch that a service may use. */
public record PoolId(@JsonValue String text) {

    public PoolId {
        IdText.check(text);
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static PoolId of(String text) {
        return new PoolId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
