package holdfast.catalogue.web;

import holdfast.catalogue.CatalogueRefusal;
import holdfast.catalogue.CatalogueRefusal.FaultyDocument;
import holdfast.catalogue.CatalogueRefusal.NoServiceGroups;
import holdfast.catalogue.CatalogueRefusal.TenantExists;
import holdfast.catalogue.CatalogueRefusal.UnknownService;
import holdfast.catalogue.Refused;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import java.net.URI;

/** How the catalogue's refusals are told. No default: a new refusal asks for its place here. */
@RestControllerAdvice(basePackageClasses = CatalogueProblems.class)
class CatalogueProblems {

    @ExceptionHandler
    ProblemDetail handle(Refused refused) {
        if (refused.reason() instanceof CatalogueRefusal reason) {
            return problemOf(reason);
        }
        throw refused;
    }

    private static ProblemDetail problemOf(CatalogueRefusal refusal) {
        return switch (refusal) {
            case FaultyDocument(var faults) -> {
                var problem =
                        problem(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "catalogue-faulty",
                                "The catalogue has faults",
                                faults.size() == 1
                                        ? "One fault; nothing was changed."
                                        : faults.size() + " faults; nothing was changed.");
                problem.setProperty("errors", faults);
                yield problem;
            }
            case TenantExists(var tenant) ->
                    problem(
                            HttpStatus.CONFLICT,
                            "tenant-exists",
                            "The tenant exists already",
                            "The tenant %s was created before.".formatted(tenant));
            case UnknownService(var service) ->
                    problem(
                            HttpStatus.NOT_FOUND,
                            "service-unknown",
                            "No such service",
                            "The tenant has no service %s.".formatted(service));
            case NoServiceGroups(var tenant) ->
                    problem(
                            HttpStatus.NOT_FOUND,
                            "no-service-groups",
                            "There are no service groups",
                            "%s lists its services without groups.".formatted(tenant));
        };
    }

    private static ProblemDetail problem(
            HttpStatus status, String name, String title, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("/problems/" + name));
        problem.setTitle(title);
        return problem;
    }
}
