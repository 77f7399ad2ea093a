package holdfast.members;

import static holdfast.catalogue.RefusalProblems.problem;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.NOT_FOUND;

import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.util.Optional;

/** The refusals about staff members as problems. */
@Component
class MemberProblems implements RefusalProblems {

    @Override
    public Optional<ProblemDetail> problemOf(Refusal refusal) {
        return refusal instanceof MemberRefusal mine
                ? Optional.of(asProblem(mine))
                : Optional.empty();
    }

    private static ProblemDetail asProblem(MemberRefusal refusal) {
        return switch (refusal) {
            case MemberRefusal.MemberUnknown unknown ->
                    problem(
                            NOT_FOUND,
                            "member-unknown",
                            "There is no such staff member",
                            "This tenant has no staff member of this id.");
            case MemberRefusal.UserNameTaken taken ->
                    problem(
                            CONFLICT,
                            "user-name-taken",
                            "The user name is taken",
                            "Another staff member of this tenant signs in with this name.");
        };
    }
}
