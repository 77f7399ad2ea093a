package holdfast.scheduling.web;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ResourcePool.Resource;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.SchedulingRefusal.NoSuchService;
import holdfast.scheduling.SchedulingRefusal.RangeTooLong;
import holdfast.scheduling.SchedulingRefusal.RangeTurnedRound;
import holdfast.scheduling.SchedulingRefusal.UnknownBranch;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.SlotAvailability;
import holdfast.scheduling.TimeRange;
import holdfast.scheduling.VisitWish;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which times are free. */
@RestController
@RequestMapping(path = {"/external/v1", ""})
@Tag(name = "Booking")
class TimeslotController {

    /** Local days that one call may ask for, both ends counted. */
    private static final int MOST_DAYS = 92;

    private final SlotAvailability availability;

    TimeslotController(SlotAvailability availability) {
        this.availability = availability;
    }

    /** A free time, in the branch's offset, and how many places are left. */
    record TimeslotView(
            Slot timeSlot, int available, @Nullable List<ResourceView> availableResources) {}

    /** A resource the customer may ask for. */
    record ResourceView(String id, String name) {}

    /** A local day with free slots, and how many. */
    record DateView(LocalDate date, int available) {}

    @GetMapping("/services/{serviceId}/timeslots")
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
    List<TimeslotView> timeslots(
            Catalogue catalogue,
            @PathVariable ServiceId serviceId,
            @RequestParam BranchId branchId,
            @RequestParam(required = false) @Nullable ResourceId requestedResourceId,
            @RequestParam(defaultValue = "1") int numberOfReservations,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        var wish = wish(serviceId, branchId, requestedResourceId, numberOfReservations);
        mustExist(catalogue, serviceId);
        var zone = zoneOf(catalogue, branchId);
        var names = resourceNames(catalogue, wish);
        return slots(catalogue, wish, from, to).stream()
                .map(slot -> view(slot, zone, names))
                .toList();
    }

    @GetMapping("/services/{serviceId}/dates")
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
    List<DateView> dates(
            Catalogue catalogue,
            @PathVariable ServiceId serviceId,
            @RequestParam BranchId branchId,
            @RequestParam(required = false) @Nullable ResourceId requestedResourceId,
            @RequestParam(defaultValue = "1") int numberOfReservations,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to) {
        var wish = wish(serviceId, branchId, requestedResourceId, numberOfReservations);
        mustExist(catalogue, serviceId);
        var zone = zoneOf(catalogue, branchId);
        return slots(catalogue, wish, from, to).stream()
                .collect(
                        Collectors.groupingBy(
                                slot -> slot.start().atZone(zone).toLocalDate(),
                                TreeMap::new,
                                Collectors.summingInt(slot -> 1)))
                .entrySet()
                .stream()
                .map(day -> new DateView(day.getKey(), day.getValue()))
                .toList();
    }

    private List<FreeSlot> slots(
            Catalogue catalogue, VisitWish wish, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from != null && to != null) {
            if (from.isAfter(to)) {
                throw new Refused(new RangeTurnedRound(from, to));
            }
            if (ChronoUnit.DAYS.between(from, to) >= MOST_DAYS) {
                throw new Refused(new RangeTooLong(from, to, MOST_DAYS));
            }
        }
        return availability.freeSlots(catalogue, wish, from, to);
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

    private static TimeslotView view(FreeSlot slot, ZoneId zone, Map<ResourceId, String> names) {
        return new TimeslotView(
                Slot.of(new TimeRange(slot.start(), slot.end()), zone),
                slot.placesLeft(),
                names.isEmpty()
                        ? null
                        : slot.freeResources().stream()
                                .map(id -> new ResourceView(id.text(), names.getOrDefault(id, "")))
                                .toList());
    }

    /** The named resources a customer may choose among; empty where there is no choice. */
    private static Map<ResourceId, String> resourceNames(Catalogue catalogue, VisitWish wish) {
        var service = wish.services().getFirst().service();
        if (!catalogue.service(service).orElseThrow().resourceSelection()) {
            return Map.of();
        }
        return catalogue.offer(service, wish.branch()).stream()
                .flatMap(offer -> offer.resourcePools().stream())
                .flatMap(pool -> catalogue.pool(pool).stream())
                .flatMap(pool -> pool.resources().stream())
                .collect(Collectors.toMap(Resource::id, Resource::name, (one, same) -> one));
    }
}
