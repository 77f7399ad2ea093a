package holdfast.pages;

import holdfast.catalogue.RefusalProblems;
import holdfast.catalogue.Refused;

import org.springframework.http.ProblemDetail;

import java.util.Collection;
import java.util.Objects;

/** A problem as a page shows it: title and detail as they come. */
record Problem(int status, String title, String detail) {

    static Problem of(ProblemDetail problem) {
        return new Problem(
                problem.getStatus(),
                Objects.requireNonNullElse(problem.getTitle(), ""),
                Objects.requireNonNullElse(problem.getDetail(), ""));
    }

    /**
     * @throws Refused the same, if no module knows it
     */
    static Problem of(Refused refused, Collection<RefusalProblems> modules) {
        return modules.stream()
                .flatMap(module -> module.problemOf(refused.reason()).stream())
                .findFirst()
                .map(Problem::of)
                .orElseThrow(() -> refused);
    }
}
