package holdfast.staff;

import holdfast.catalogue.RefusalProblems;
import holdfast.catalogue.Refused;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.util.List;

/** What a refusal is called on a page: the title and the detail of its problem. */
@Component
public class Refusals {

    private final List<RefusalProblems> modules;

    Refusals(List<RefusalProblems> modules) {
        this.modules = modules;
    }

    /**
     * The problem, told in the language of the page.
     *
     * @throws Refused the same, if no module knows it
     */
    public ProblemDetail problemOf(Colleague me, Refused refused) {
        return modules.stream()
                .flatMap(module -> module.problemOf(refused.reason()).stream())
                .findFirst()
                .map(me.telling()::told)
                .orElseThrow(() -> refused);
    }
}
