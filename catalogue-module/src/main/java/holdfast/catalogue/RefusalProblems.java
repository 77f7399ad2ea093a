package holdfast.catalogue;

import static holdfast.catalogue.Phrase.phrase;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

import java.util.Optional;

/**
 * Gives the refusals of one module their place among the problems that clients see (RFC 9457).
 * Every module with refusals has one such bean; the HTTP edge asks them all.
 */
public interface RefusalProblems {

    /** The problem, without its instance; empty if the refusal is another module's. */
    Optional<ProblemDetail> problemOf(Refusal refusal);

    /** The refusal that something thrown by a library comes to in this module; empty if none. */
    default Optional<Refusal> refusalIn(Exception thrown) {
        return Optional.empty();
    }

    /**
     * A problem of a documented type.
     *
     * @param name the type in kebab-case, without {@code /problems/}
     * @param title belongs to the type
     * @param template the detail, which belongs to this time, as of {@link Phrase}
     */
    @FormatMethod
    static Problem problem(
            HttpStatus status,
            String name,
            String title,
            @FormatString String template,
            Object... arguments) {
        return problem(status, name, title, phrase(template, arguments));
    }

    /** The same with a detail that is a phrase already. */
    static Problem problem(HttpStatus status, String name, String title, Phrase detail) {
        return new Problem(status, name, title, detail);
    }
}
