package holdfast.catalogue.web;

import static holdfast.catalogue.Phrase.phrase;
import static holdfast.catalogue.RefusalProblems.problem;

import holdfast.catalogue.CatalogueRefusal;
import holdfast.catalogue.CatalogueRefusal.EntryStillNeeded;
import holdfast.catalogue.CatalogueRefusal.FaultyDocument;
import holdfast.catalogue.CatalogueRefusal.NoServiceGroups;
import holdfast.catalogue.CatalogueRefusal.TenantExists;
import holdfast.catalogue.CatalogueRefusal.UnexpectedEntry;
import holdfast.catalogue.CatalogueRefusal.UnknownEntry;
import holdfast.catalogue.CatalogueRefusal.UnknownService;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.util.Optional;

/** The refusals of the catalogue as problems. No default: a new refusal asks for its place here. */
@Component
class CatalogueProblems implements RefusalProblems {

    @Override
    public Optional<ProblemDetail> problemOf(Refusal refusal) {
        return refusal instanceof CatalogueRefusal mine
                ? Optional.of(asProblem(mine))
                : Optional.empty();
    }

    private static ProblemDetail asProblem(CatalogueRefusal refusal) {
        return switch (refusal) {
            case FaultyDocument(var faults) -> {
                var problem =
                        problem(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "catalogue-faulty",
                                "The catalogue has faults",
                                faults.size() == 1
                                        ? phrase("One fault; nothing was changed.")
                                        : phrase("%d faults; nothing was changed.", faults.size()));
                problem.setProperty("errors", faults);
                yield problem;
            }
            case UnknownEntry(var kind, var id) ->
                    problem(
                            HttpStatus.NOT_FOUND,
                            "entry-unknown",
                            "There is no such entry in the catalogue",
                            "This tenant's catalogue has no %s %s.",
                            kind,
                            id);
            case UnexpectedEntry(var kind, var id) ->
                    problem(
                            HttpStatus.PRECONDITION_FAILED,
                            "entry-changed",
                            "The entry is not as you last saw it",
                            "The %s %s does not match If-Match; nothing was changed.",
                            kind,
                            id);
            case EntryStillNeeded(var kind, var id, var by) -> {
                var problem =
                        problem(
                                HttpStatus.CONFLICT,
                                "entry-still-needed",
                                "Others still need the entry",
                                "The %s %s is still referred to; nothing was changed.",
                                kind,
                                id);
                problem.setProperty("neededBy", by);
                yield problem;
            }
            case TenantExists(var tenant) ->
                    problem(
                            HttpStatus.CONFLICT,
                            "tenant-exists",
                            "The tenant exists already",
                            "The tenant %s was created before.",
                            tenant);
            case UnknownService _ ->
                    problem(
                            HttpStatus.NOT_FOUND,
                            "service-unknown",
                            "There is no such service",
                            "This tenant has no service of this id.");
            case NoServiceGroups(var tenant) ->
                    problem(
                            HttpStatus.NOT_FOUND,
                            "no-service-groups",
                            "There are no service groups",
                            "%s lists its services without groups.",
                            tenant);
        };
    }
}
