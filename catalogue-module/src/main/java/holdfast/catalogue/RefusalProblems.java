package holdfast.catalogue;

import org.springframework.http.ProblemDetail;

import java.util.Optional;

/**
 * Gives the refusals of one module their place among the problems that clients see (RFC 9457).
 * Every module with refusals has one such bean; the HTTP edge asks them all.
 */
public interface RefusalProblems {

    /** The problem, without its instance; empty if the refusal is another module's. */
    Optional<ProblemDetail> problemOf(Refusal refusal);
}
