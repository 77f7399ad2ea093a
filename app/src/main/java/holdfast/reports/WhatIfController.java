package holdfast.reports;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.CataloguePreview;
import holdfast.catalogue.Refuses;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.LocalDate;

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
    @Refuses({"malformed-query", "catalogue-faulty"})
    WhatIfAnswer ask(Catalogue catalogue, @RequestBody WhatIfRequest request) {
        ReportController.mustBeARange(request.from(), request.to());
        var then = CataloguePreview.of(request.catalogue(), catalogue).after();
        return whatIf.compare(catalogue, then, request.from(), request.to());
    }
}
