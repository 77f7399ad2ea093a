package holdfast.scheduling.web;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.RefusesWish;
import holdfast.scheduling.SchedulingRefusal.NoSuchService;
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

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** Which times are free. */
@RestController
@RequestMapping(path = {"/external/v1", ""})
@Tag(name = "Booking")
class TimeslotController {

    private final SlotSearch search;

    TimeslotController(SlotSearch search) {
        this.search = search;
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
    @Refuses("service-unknown")
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
    @Refuses("service-unknown")
    @RefusesWish
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
        mustExist(catalogue, wish.services().getFirst().service());
        return search.find(catalogue, wish, from, to);
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
}
