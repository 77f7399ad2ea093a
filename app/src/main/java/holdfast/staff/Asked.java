package holdfast.staff;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.util.function.Function;

/** What a form or an address says; what cannot be read was not said. */
public record Asked(HttpServletRequest request) {

    /** Stripped; empty if it is absent. */
    public String text(String name) {
        var text = request.getParameter(name);
        return text == null ? "" : text.strip();
    }

    /** Null if it is absent or empty. */
    public @Nullable String textOrNull(String name) {
        var text = text(name);
        return text.isEmpty() ? null : text;
    }

    /** Null if it is absent, empty, or not readable. */
    public <T> @Nullable T read(String name, Function<String, @Nullable T> reader) {
        var text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            return null;
        }
    }
}
