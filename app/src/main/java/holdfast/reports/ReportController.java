package holdfast.reports;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Fault;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.SchedulingRefusal.RangeTooLong;
import holdfast.scheduling.SchedulingRefusal.RangeTurnedRound;
import holdfast.scheduling.SchedulingRefusal.UnclearQuery;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Why and how much: figures for whoever runs branches. */
@RestController
@RequestMapping("/reports/v1")
@Tag(name = "Reports")
class ReportController {

    /** Three years, both ends counted. */
    static final int MOST_DAYS = 1_096;

    private final Reports reports;

    ReportController(Reports reports) {
        this.reports = reports;
    }

    @GetMapping(
            path = "/{report}",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    @Operation(
            operationId = "countFigures",
            summary = "Figures of a period, as JSON or CSV",
            description =
                    "Counts everything that was committed before the question. Days and hours are"
                            + " local to the branch; both dates are counted, at most three years."
                            + " Branches and services that are unknown have no figures.")
    @Refuses("not-found")
    Figures count(
            Catalogue catalogue,
            @Parameter(
                            description = "Which figures",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "utilisation",
                                                "funnel",
                                                "lead-time",
                                                "expiry",
                                                "no-show",
                                                "demand"
                                            }))
                    @PathVariable
                    String report,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam(required = false) @Nullable BranchId branchId,
            @RequestParam(required = false) @Nullable ServiceId serviceId,
            @Parameter(
                            description = "What each row stands for",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {
                                                "day",
                                                "week",
                                                "month",
                                                "hour",
                                                "weekday-hour",
                                                "branch",
                                                "service",
                                                "resource",
                                                "days-ahead",
                                                "total"
                                            },
                                            defaultValue = "day"))
                    @RequestParam(required = false)
                    @Nullable Grouping groupBy,
            @Parameter(
                            description =
                                    "The figures as they were known at an instant, or after the"
                                            + " event of this position; not of demand",
                            schema = @Schema(type = "string"))
                    @RequestParam(required = false)
                    @Nullable Moment asOf) {
        var asked =
                Report.find(report)
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        mustBeARange(from, to);
        var grouping = groupBy == null ? Grouping.DAY : groupBy;
        if (asked == Report.DEMAND && asOf != null) {
            throw unclear(
                    new Fault(
                            "asOf", "demand that found no slot is no event, so it has no history"));
        }
        if (asked == Report.DEMAND && grouping.isByResource()) {
            throw unclear(new Fault("groupBy", "demand that found no slot has no resource"));
        }
        if (asked != Report.LEAD_TIME && grouping.isByDaysAhead()) {
            throw unclear(new Fault("groupBy", "only lead times are counted by days ahead"));
        }
        return reports.count(
                asked,
                new Reports.Question(
                        catalogue.tenant().id(), from, to, branchId, serviceId, grouping),
                asOf);
    }

    private static void mustBeARange(LocalDate from, LocalDate to) {
        if (from.isAfter(to)) {
            throw new Refused(new RangeTurnedRound(from, to));
        }
        if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw new Refused(new RangeTooLong(from, to, MOST_DAYS));
        }
    }

    private static Refused unclear(Fault fault) {
        return new Refused(new UnclearQuery(fault));
    }
}
