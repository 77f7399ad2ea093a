package holdfast.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.regex.Pattern;

/**
 * Names a client, in all tenants at once: whoever asks for a token names no tenant.
 *
 * @param text 1 to 100 letters, digits, dots, hyphens or underscores
 */
public record ClientId(@JsonValue String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    public ClientId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "A client's id has 1 to 100 letters, digits, dots, hyphens or underscores");
        }
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static ClientId of(String text) {
        return new ClientId(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
