package holdfast.security;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import org.springframework.security.core.context.SecurityContextHolder;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a token allows. The texts are known to clients and stored: they never change. */
public enum Scope {
    BOOK("external.appointment.book"),
    RESCHEDULE("external.appointment.reschedule"),
    CANCEL("external.appointment.cancel"),
    OPERATOR("operator"),
    MANAGER("manager"),
    STAFF("staff"),
    AUDITOR("auditor"),
    AUDIT_PERSONAL("audit.personal"),
    REPORTING("reporting");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if there is no such scope
     */
    @JsonCreator
    public static Scope of(String text) {
        return Stream.of(values())
                .filter(scope -> scope.text.equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "No scope \"%s\"; there are %s"
                                                .formatted(
                                                        text,
                                                        Arrays.stream(values())
                                                                .map(Scope::toString)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    /** The authority of a request whose token has this scope. */
    String authority() {
        return "SCOPE_" + text;
    }

    /** Whether the token of the request that this thread works on has it. */
    public boolean isOfThisCall() {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        return caller != null
                && caller.getAuthorities().stream()
                        .anyMatch(has -> authority().equals(has.getAuthority()));
    }

    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
