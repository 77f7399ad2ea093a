package holdfast.privacy;

import static holdfast.catalogue.RefusalProblems.problem;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.NOT_FOUND;

import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;
import holdfast.customer.CustomerRefusal.CustomerUnknown;
import holdfast.privacy.PrivacyRefusal.AppointmentsAhead;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.util.Optional;

/** The refusals about a person's rights as problems. */
@Component
class PrivacyProblems implements RefusalProblems {

    @Override
    public Optional<ProblemDetail> problemOf(Refusal refusal) {
        return switch (refusal) {
            case AppointmentsAhead(var appointments) -> {
                var problem =
                        problem(
                                CONFLICT,
                                "appointments-ahead",
                                "There are appointments to come",
                                "Cancel them, or wait until they are over: nobody could be told of"
                                        + " a change any more.");
                problem.setProperty("appointments", appointments);
                yield Optional.of(problem);
            }
            case CustomerUnknown unknown ->
                    Optional.of(
                            problem(
                                    NOT_FOUND,
                                    "customer-unknown",
                                    "There is no such customer",
                                    "This tenant has no such customer, or has forgotten them."));
            default -> Optional.empty();
        };
    }
}
