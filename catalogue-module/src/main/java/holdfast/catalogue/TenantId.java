package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one organisation; everything it owns is kept and found under this id. */
public record TenantId(@JsonValue String text) {

    public TenantId {
        IdText.check(text);
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static TenantId of(String text) {
        return new TenantId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
