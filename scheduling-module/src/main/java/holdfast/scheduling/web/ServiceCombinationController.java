package holdfast.scheduling.web;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ResourceId;
import holdfast.scheduling.RefusesWish;
import holdfast.scheduling.SchedulingRefusal.CombinationsSwitchedOff;
import holdfast.scheduling.SchedulingRefusal.NoSuchBranch;
import holdfast.scheduling.VisitWish;
import holdfast.scheduling.web.TimeslotController.TimeslotView;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.propertyeditors.StringArrayPropertyEditor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** What can be booked together in one visit, and when. */
@RestController
@RequestMapping(path = {"/external/v1/serviceCombination", "/serviceCombination"})
@Tag(name = "Booking")
class ServiceCombinationController {

    private final SlotSearch search;

    ServiceCombinationController(SlotSearch search) {
        this.search = search;
    }

    /** Ids may contain commas, so a value is never taken for a list; U+0000 is in none. */
    @InitBinder
    void valuesAsSent(WebDataBinder binder) {
        binder.registerCustomEditor(String[].class, new StringArrayPropertyEditor("\0"));
    }

    @GetMapping("/branch")
    @Operation(
            operationId = "listCombinations",
            summary = "Which services can be booked in one visit, branch by branch",
            description =
                    "By the resource type that the services need. `combinedServices` can be booked"
                            + " together, in the sets that `combinedSets` names; the others are"
                            + " booked alone.")
    @Refuses("combinations-switched-off")
    List<BranchCombinations> combinations(Catalogue catalogue) {
        mustCombine(catalogue);
        return catalogue.branches().stream()
                .map(branch -> BranchCombinations.of(branch.id(), catalogue))
                .toList();
    }

    @GetMapping("/branch/{branchId}")
    @Operation(
            operationId = "listCombinationsAtBranch",
            summary = "Which services can be booked in one visit at a branch",
            description = "A list of one, shaped as the list of all branches.")
    @Refuses({"branch-unknown", "combinations-switched-off"})
    List<BranchCombinations> combinations(Catalogue catalogue, @PathVariable BranchId branchId) {
        mustCombine(catalogue);
        mustExist(branchId, catalogue);
        return List.of(BranchCombinations.of(branchId, catalogue));
    }

    @GetMapping(path = "/branch/{branchId}/timeslots", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listTimeslotsOfSeveral",
            summary = "The free slots of a visit with several services",
            description =
                    "Sorted by start. Without dates, the whole bookable window; with both, at most"
                            + " 92 days.")
    @Refuses({"branch-unknown", "combinations-switched-off", "not-combined"})
    @RefusesWish
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = TimeslotView.class))))
    void timeslots(
            Catalogue catalogue,
            @PathVariable BranchId branchId,
            @Parameter(description = "Repeated; one named n times, or as `id:n`, is wanted n times")
                    @RequestParam
                    String[] serviceId,
            @RequestParam(required = false) @Nullable ResourceId requestedResourceId,
            @Parameter(description = "The sum over all services; it may be left out")
                    @RequestParam(required = false)
                    @Nullable Integer numberOfReservations,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        mustCombine(catalogue);
        mustExist(branchId, catalogue);
        var services =
                AskedServices.read(
                        serviceId, numberOfReservations, id -> catalogue.service(id).isPresent());
        var wish = new VisitWish(branchId, services, requestedResourceId);
        search.find(catalogue, wish, from, to).slots().send(request, response);
    }

    private static void mustCombine(Catalogue catalogue) {
        if (!catalogue.tenant().settings().combinesServices()) {
            throw new Refused(new CombinationsSwitchedOff());
        }
    }

    private static void mustExist(BranchId branch, Catalogue catalogue) {
        if (catalogue.branch(branch).isEmpty()) {
            throw new Refused(new NoSuchBranch(branch));
        }
    }
}
