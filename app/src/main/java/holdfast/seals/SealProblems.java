package holdfast.seals;

import static holdfast.catalogue.RefusalProblems.problem;

import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;
import holdfast.seals.SealRefusal.TreeSizeOutOfRange;
import holdfast.seals.SealRefusal.UnknownEvent;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.util.Optional;

/** The refusals of this package as problems. */
@Component
class SealProblems implements RefusalProblems {

    @Override
    public Optional<ProblemDetail> problemOf(Refusal refusal) {
        return refusal instanceof SealRefusal mine
                ? Optional.of(asProblem(mine))
                : Optional.empty();
    }

    private static ProblemDetail asProblem(SealRefusal refusal) {
        return switch (refusal) {
            case UnknownEvent(var position) ->
                    problem(
                            NOT_FOUND,
                            "event-unknown",
                            "No such event",
                            "The log of this tenant has no event %s.",
                            position);
            case TreeSizeOutOfRange(var from, var to) ->
                    problem(
                            UNPROCESSABLE_CONTENT,
                            "tree-size-out-of-range",
                            "The tree had no such size",
                            "Ask for a size from %d to %d.",
                            from,
                            to);
        };
    }
}
