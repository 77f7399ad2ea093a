package holdfast.audit;

import static holdfast.catalogue.RefusalProblems.problem;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import holdfast.audit.AuditRefusal.BeforeTheTenant;
import holdfast.audit.AuditRefusal.NoSuchReservation;
import holdfast.audit.AuditRefusal.NotYet;
import holdfast.audit.AuditRefusal.OutOfBounds;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;

/** The refusals of audits as problems. No default: a new refusal asks for its place. */
@Component
class AuditProblems implements RefusalProblems {

    @Override
    public Optional<ProblemDetail> problemOf(Refusal refusal) {
        return refusal instanceof AuditRefusal mine
                ? Optional.of(asProblem(mine))
                : Optional.empty();
    }

    private static ProblemDetail asProblem(AuditRefusal refusal) {
        return switch (refusal) {
            case NotYet later ->
                    problem(
                            UNPROCESSABLE_CONTENT,
                            "moment-not-reached",
                            "That moment is still to come",
                            "\"asOf\" lies after the present moment or after the last event.");
            case BeforeTheTenant earlier ->
                    problem(
                            UNPROCESSABLE_CONTENT,
                            "tenant-not-yet-there",
                            "The tenant was not there yet",
                            "\"asOf\" lies before the tenant's first event.");
            case NoSuchReservation none ->
                    problem(
                            NOT_FOUND,
                            "reservation-unknown",
                            "There is no such reservation",
                            "This tenant has no reservation of this id.");
            case OutOfBounds(var fault) -> {
                var problem =
                        problem(
                                BAD_REQUEST,
                                "malformed-query",
                                "The query cannot be read",
                                "The query is not what this call reads.");
                problem.setProperty("errors", List.of(fault));
                yield problem;
            }
        };
    }
}
