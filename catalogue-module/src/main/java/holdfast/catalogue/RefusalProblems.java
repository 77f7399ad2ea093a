package holdfast.catalogue;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

import java.net.URI;
import java.util.Optional;

/**
 * Gives the refusals of one module their place among the problems that clients see (RFC 9457).
 * Every module with refusals has one such bean; the HTTP edge asks them all.
 */
public interface RefusalProblems {

    /** The problem, without its instance; empty if the refusal is another module's. */
    Optional<ProblemDetail> problemOf(Refusal refusal);

    /**
     * A problem of a documented type.
     *
     * @param name the type in kebab-case, without {@code /problems/}
     * @param title belongs to the type
     * @param detail belongs to this time
     */
    static ProblemDetail problem(HttpStatus status, String name, String title, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("/problems/" + name));
        problem.setTitle(title);
        return problem;
    }
}
