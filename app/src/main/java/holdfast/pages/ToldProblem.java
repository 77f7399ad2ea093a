package holdfast.pages;

import holdfast.catalogue.RefusalProblems;
import holdfast.catalogue.Refused;
import holdfast.http.Telling;

import org.springframework.http.ProblemDetail;

import java.util.Collection;
import java.util.Objects;

/** A problem as a page shows it: title and detail as they come. */
record ToldProblem(int status, String title, String detail) {

    static ToldProblem of(ProblemDetail problem, Telling telling) {
        var told = telling.told(problem);
        return new ToldProblem(
                told.getStatus(),
                Objects.requireNonNullElse(told.getTitle(), ""),
                Objects.requireNonNullElse(told.getDetail(), ""));
    }

    /**
     * @throws Refused the same, if no module knows it
     */
    static ToldProblem of(Refused refused, Collection<RefusalProblems> modules, Visitor visitor) {
        return modules.stream()
                .flatMap(module -> module.problemOf(refused.reason()).stream())
                .findFirst()
                .map(problem -> of(problem, visitor.telling()))
                .orElseThrow(() -> refused);
    }
}
