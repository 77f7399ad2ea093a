package holdfast.members;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Arrays;
import java.util.stream.Stream;

/** What a staff member may do; the same words as a token's scopes. They are stored: they stay. */
public enum Role {
    MANAGER("manager"),
    STAFF("staff"),
    AUDITOR("auditor"),
    REPORTING("reporting");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if there is no such role
     */
    @JsonCreator
    public static Role of(String text) {
        return Stream.of(values())
                .filter(role -> role.text.equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "No role \"%s\"; there are %s"
                                                .formatted(text, Arrays.toString(values()))));
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
