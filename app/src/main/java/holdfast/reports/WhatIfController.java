package holdfast.reports;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.CataloguePreview;
import holdfast.catalogue.Fault;
import holdfast.catalogue.Refuses;
import holdfast.http.Problems;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What would have been under another catalogue. */
@RestController
@RequestMapping("/reports/v1")
@Tag(name = "Reports")
class WhatIfController {

    private final WhatIf whatIf;

    WhatIfController(WhatIf whatIf) {
        this.whatIf = whatIf;
    }

    /**
     * @param from local date of visits, inclusive
     * @param to local date of visits, inclusive
     * @param catalogue the whole document, as it would be applied
     */
    record WhatIfRequest(LocalDate from, LocalDate to, CatalogueDocument catalogue) {}

    @PostMapping("/what-if")
    @Operation(
            operationId = "askWhatIf",
            summary = "How many more or fewer visits another catalogue would have had places for",
            description =
                    "Lets the visits wanted in the period, refused ones among them, meet both"
                            + " catalogues in the order in which they were asked for. Writes"
                            + " nothing. A node answers one of these at a time.")
    @Refuses("catalogue-faulty")
    WhatIfAnswer ask(Catalogue catalogue, @RequestBody WhatIfRequest request) {
        mustBeAPeriod(request);
        var then = CataloguePreview.of(request.catalogue(), catalogue).after();
        return whatIf.compare(catalogue, then, request.from(), request.to());
    }

    private static void mustBeAPeriod(WhatIfRequest request) {
        if (request.from().isAfter(request.to())) {
            throw malformed(new Fault("/from", "lies after \"to\""));
        }
        if (ChronoUnit.DAYS.between(request.from(), request.to()) >= ReportController.MOST_DAYS) {
            throw malformed(
                    new Fault("/to", "lies more than %d days on", ReportController.MOST_DAYS));
        }
    }

    private static ErrorResponseException malformed(Fault fault) {
        return new ErrorResponseException(
                HttpStatus.BAD_REQUEST, Problems.malformedBody(List.of(fault)), null);
    }
}
