package holdfast.http;

import org.springframework.http.ProblemDetail;

/** The request goes no further than this plumbing, for the reason that the problem tells. */
final class RequestRefused extends RuntimeException {

    private final transient ProblemDetail problem;

    RequestRefused(ProblemDetail problem) {
        super(String.valueOf(problem.getDetail()), null, false, false);
        this.problem = problem;
    }

    ProblemDetail problem() {
        return problem;
    }
}
