package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one branch of a tenant: a place with an address where people are served. */
public record BranchId(@JsonValue String text) {

    public BranchId {
        IdText.check(text);
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static BranchId of(String text) {
        return new BranchId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
