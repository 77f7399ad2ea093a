package holdfast.security;

import static holdfast.catalogue.RefusalProblems.problem;

import holdfast.catalogue.Fault;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;
import holdfast.security.ClientRefusal.ClientExists;
import holdfast.security.ClientRefusal.OperatorOfNoTenant;
import holdfast.security.ClientRefusal.UnknownClient;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;

/** The refusals about clients as problems. No default: a new refusal asks for its place here. */
@Component
class ClientProblems implements RefusalProblems {

    @Override
    public Optional<ProblemDetail> problemOf(Refusal refusal) {
        return refusal instanceof ClientRefusal mine
                ? Optional.of(asProblem(mine))
                : Optional.empty();
    }

    private static ProblemDetail asProblem(ClientRefusal refusal) {
        return switch (refusal) {
            case UnknownClient _ ->
                    problem(
                            HttpStatus.NOT_FOUND,
                            "client-unknown",
                            "There is no such client",
                            "This tenant has no client of this id.");
            case ClientExists(var client) ->
                    problem(
                            HttpStatus.CONFLICT,
                            "client-exists",
                            "The id is taken",
                            "Another client has the id %s.",
                            client);
            case OperatorOfNoTenant _ -> {
                var problem =
                        problem(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "operator-of-no-tenant",
                                "An operator belongs to no tenant",
                                "A tenant's client cannot have the scope operator.");
                problem.setProperty(
                        "errors", List.of(new Fault("/scopes", "must not have \"operator\"")));
                yield problem;
            }
        };
    }
}
