package holdfast.projections;

import static holdfast.catalogue.RefusalProblems.problem;

import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;
import holdfast.projections.ProjectionRefusal.MadeAtStart;
import holdfast.projections.ProjectionRefusal.NeverReplayed;
import holdfast.projections.ProjectionRefusal.UnknownProjection;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.util.Optional;

/** The refusals about projections as problems. */
@Component
class ProjectionProblems implements RefusalProblems {

    @Override
    public Optional<ProblemDetail> problemOf(Refusal refusal) {
        return refusal instanceof ProjectionRefusal mine
                ? Optional.of(asProblem(mine))
                : Optional.empty();
    }

    private static ProblemDetail asProblem(ProjectionRefusal refusal) {
        return switch (refusal) {
            case UnknownProjection _ ->
                    problem(
                            HttpStatus.NOT_FOUND,
                            "projection-unknown",
                            "There is no such projection",
                            "Nothing of this name is made from the log.");
            case MadeAtStart _ ->
                    problem(
                            HttpStatus.CONFLICT,
                            "projection-in-memory",
                            "The projection is in memory",
                            "Each node makes it anew when it starts.");
            case NeverReplayed _ ->
                    problem(
                            HttpStatus.NOT_FOUND,
                            "replay-unknown",
                            "There is no replay",
                            "This projection was not made anew so far.");
        };
    }
}
