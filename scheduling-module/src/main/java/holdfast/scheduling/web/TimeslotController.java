package holdfast.scheduling.web;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool.Resource;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.Audience;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.SchedulingRefusal.NoSuchService;
import holdfast.scheduling.SchedulingRefusal.RangeTooLong;
import holdfast.scheduling.SchedulingRefusal.RangeTurnedRound;
import holdfast.scheduling.SchedulingRefusal.UnknownBranch;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.VisitWish;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which times are free. */
@RestController
@RequestMapping(path = {"/external/v1", ""})
@Tag(name = "Booking")
class TimeslotController {

    /** Local days that one call may ask for, both ends counted. */
    private static final int MOST_DAYS = 92;

    private final SlotAnswers answers;
    private final RuleBook rules;
    private final JsonMapper json;

    TimeslotController(SlotAnswers answers, RuleBook rules, JsonMapper json) {
        this.answers = answers;
        this.rules = rules;
        this.json = json;
    }

    /** A free time, in the branch's offset, and how many places are left. */
    record TimeslotView(
            Slot timeSlot, int available, @Nullable List<ResourceView> availableResources) {}

    /** A resource the customer may ask for. */
    record ResourceView(String id, String name) {}

    /** A local day with free slots, and how many. */
    record DateView(LocalDate date, int available) {}

    @GetMapping(
            path = "/services/{serviceId}/timeslots",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listTimeslots",
            summary = "The free slots of a service at a branch",
            description =
                    "Sorted by start. Without dates, the whole bookable window; with both, at most"
                            + " 92 days.")
    @Refuses({
        "service-unknown",
        "unknown-reference",
        "service-not-offered",
        "not-bookable-online",
        "count-out-of-range",
        "resource-not-selectable"
    })
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
            @PathVariable ServiceId serviceId,
            @RequestParam BranchId branchId,
            @RequestParam(required = false) @Nullable ResourceId requestedResourceId,
            @RequestParam(defaultValue = "1") int numberOfReservations,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var wish = wish(serviceId, branchId, requestedResourceId, numberOfReservations);
        find(catalogue, wish, from, to).slots().send(request, response);
    }

    @GetMapping(path = "/services/{serviceId}/dates", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listDates",
            summary = "The days on which a service has a free slot at a branch",
            description = "For calendars: days without a free slot are left out.")
    @Refuses({
        "service-unknown",
        "unknown-reference",
        "service-not-offered",
        "not-bookable-online",
        "count-out-of-range",
        "resource-not-selectable"
    })
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = DateView.class))))
    void dates(
            Catalogue catalogue,
            @PathVariable ServiceId serviceId,
            @RequestParam BranchId branchId,
            @RequestParam(required = false) @Nullable ResourceId requestedResourceId,
            @RequestParam(defaultValue = "1") int numberOfReservations,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var wish = wish(serviceId, branchId, requestedResourceId, numberOfReservations);
        find(catalogue, wish, from, to).dates().send(request, response);
    }

    private SlotAnswer find(
            Catalogue catalogue, VisitWish wish, @Nullable LocalDate from, @Nullable LocalDate to) {
        return answers.find(
                catalogue,
                wish,
                from,
                to,
                (occupancy, now) -> {
                    mustExist(catalogue, wish.services().getFirst().service());
                    var format =
                            new SlotJson(
                                    zoneOf(catalogue, wish.branch()), resources(catalogue, wish));
                    mustBeARange(from, to);
                    var visit = rules.of(catalogue, wish, Audience.PUBLIC);
                    return SlotAnswer.of(catalogue, visit, occupancy, now, from, to, format);
                });
    }

    private static void mustBeARange(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (from == null || to == null) {
            return;
        }
        if (from.isAfter(to)) {
            throw new Refused(new RangeTurnedRound(from, to));
        }
        if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
            throw new Refused(new RangeTooLong(from, to, MOST_DAYS));
        }
    }

    private static VisitWish wish(
            ServiceId service, BranchId branch, @Nullable ResourceId resource, int count) {
        return new VisitWish(branch, List.of(new ServiceCount(service, count)), resource);
    }

    private static void mustExist(Catalogue catalogue, ServiceId service) {
        if (catalogue.service(service).isEmpty()) {
            throw new Refused(new NoSuchService(service));
        }
    }

    private static ZoneId zoneOf(Catalogue catalogue, BranchId branch) {
        return catalogue
                .branch(branch)
                .orElseThrow(() -> new Refused(new UnknownBranch(branch)))
                .timeZone();
    }

    /** The named resources a customer may choose among, as JSON; empty where there is no choice. */
    private Map<ResourceId, byte[]> resources(Catalogue catalogue, VisitWish wish) {
        var service = wish.services().getFirst().service();
        if (!catalogue.service(service).orElseThrow().resourceSelection()) {
            return Map.of();
        }
        return catalogue.offer(service, wish.branch()).stream()
                .flatMap(offer -> offer.resourcePools().stream())
                .flatMap(pool -> catalogue.pool(pool).stream())
                .flatMap(pool -> pool.resources().stream())
                .collect(Collectors.toMap(Resource::id, this::json, (one, same) -> one));
    }

    private byte[] json(Resource resource) {
        return json.writeValueAsBytes(new ResourceView(resource.id().text(), resource.name()));
    }
}
