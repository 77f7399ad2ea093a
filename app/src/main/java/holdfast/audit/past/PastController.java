package holdfast.audit.past;

import holdfast.audit.TimeSlot;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;
import holdfast.http.Languages;
import holdfast.http.Telling;
import holdfast.scheduling.RefusesWish;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.ShownSlots;
import holdfast.scheduling.VisitWish;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/** Which times were free at any moment, and why others were not. */
@RestController
@RequestMapping("/audit/v1")
@Tag(name = "Audit")
class PastController {

    private static final String AS_OF =
            "The number of an event, or an instant with an offset: what was so after that event, or"
                    + " after the last one recorded at or before that instant. Not given: now.";

    private final Moments moments;
    private final PastCatalogues catalogues;
    private final PastClaims claims;
    private final ShownSlots slots;
    private final PastVisits visits;

    PastController(
            Moments moments,
            PastCatalogues catalogues,
            PastClaims claims,
            ShownSlots slots,
            PastVisits visits) {
        this.moments = moments;
        this.catalogues = catalogues;
        this.claims = claims;
        this.slots = slots;
        this.visits = visits;
    }

    /** As the list of slots names it. */
    record PastSlot(
            TimeSlot timeSlot, int available, @Nullable List<PastResource> availableResources) {}

    /** A resource the customer might have asked for. */
    record PastResource(String id, String name) {}

    /**
     * @param reasons all there are; empty exactly if it was offered
     */
    record Explanation(boolean offered, MomentView asOf, TimeSlot timeSlot, List<Reason> reasons) {}

    /**
     * @param position number of the last event that belongs to it
     */
    record MomentView(long position, OffsetDateTime instant) {}

    /**
     * @param type the problem that a hold of this start would have met
     * @param detail for people, in the language that the caller accepts
     * @param reservations that take the places; empty for other reasons
     * @param events by which it came to be so
     */
    record Reason(
            URI type, String detail, List<ReservationId> reservations, List<CauseView> events) {

        static Reason of(PastVisits.Reason reason, Telling telling) {
            var problem = telling.told(reason.problem());
            return new Reason(
                    Objects.requireNonNull(problem.getType()),
                    Objects.requireNonNull(problem.getDetail()),
                    reason.reservations(),
                    reason.events().stream().map(CauseView::of).toList());
        }
    }

    /**
     * @param position number of the event
     * @param stream such as a reservation's id
     */
    record CauseView(long position, String stream, String name, OffsetDateTime recordedAt) {

        static CauseView of(Cause cause) {
            return new CauseView(
                    cause.position(), cause.stream(), cause.name(), utc(cause.recordedAt()));
        }
    }

    @GetMapping(path = "/timeslots", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listPastTimeslots",
            summary = "The slots that were listed at a moment",
            description =
                    "Byte for byte what `GET /services/{serviceId}/timeslots` answered then:"
                            + " with the rules, closures and holds of that moment.")
    @Refuses({"moment-not-reached", "tenant-not-yet-there"})
    @RefusesWish
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            array =
                                    @ArraySchema(
                                            schema = @Schema(implementation = PastSlot.class))))
    byte[] timeslots(
            Catalogue today,
            @RequestParam ServiceId serviceId,
            @RequestParam BranchId branchId,
            @RequestParam(required = false) @Nullable ResourceId requestedResourceId,
            @RequestParam(defaultValue = "1") int numberOfReservations,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @Parameter(description = AS_OF) @RequestParam(required = false)
                    @Nullable PointInTime asOf) {
        var tenant = today.tenant().id();
        var moment = moments.find(tenant, asOf);
        var catalogue = catalogues.at(tenant, moment).catalogue();
        var rules =
                slots.rules(
                        catalogue,
                        wish(serviceId, branchId, requestedResourceId, numberOfReservations));
        var now = moment.instant();
        var first = later(from, rules.bookableFrom(now));
        var last = earlier(to, rules.bookableTo(now));
        var occupancy =
                claims.at(
                        tenant,
                        rules,
                        moment,
                        first.atStartOfDay(rules.zone()).toInstant(),
                        last.plusDays(1).atStartOfDay(rules.zone()).toInstant());
        return slots.shown(catalogue, rules, occupancy, now, from, to);
    }

    @GetMapping(path = "/explain", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "explain",
            summary = "Whether a start was offered at a moment, and if not, why",
            description =
                    "Every reason, with the events by which it came to be so. It has none exactly"
                            + " if the list of that moment has the start.")
    @Refuses({"moment-not-reached", "tenant-not-yet-there"})
    @RefusesWish
    Explanation explain(
            Catalogue today,
            @RequestParam ServiceId serviceId,
            @RequestParam BranchId branchId,
            @Parameter(description = "An instant with an offset.") @RequestParam Instant startTime,
            @RequestParam(required = false) @Nullable ResourceId requestedResourceId,
            @RequestParam(defaultValue = "1") int numberOfReservations,
            @Parameter(description = AS_OF) @RequestParam(required = false)
                    @Nullable PointInTime asOf,
            HttpServletRequest request) {
        var told = Languages.ofProblems(request);
        var explained =
                visits.explain(
                        today.tenant().id(),
                        wish(serviceId, branchId, requestedResourceId, numberOfReservations),
                        startTime,
                        asOf);
        return new Explanation(
                explained.isOffered(),
                new MomentView(explained.moment().position(), utc(explained.moment().instant())),
                TimeSlot.of(explained.visit(), explained.zone()),
                explained.reasons().stream().map(reason -> Reason.of(reason, told)).toList());
    }

    private static VisitWish wish(
            ServiceId service, BranchId branch, @Nullable ResourceId resource, int count) {
        return new VisitWish(branch, List.of(new ServiceCount(service, count)), resource);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static LocalDate later(@Nullable LocalDate one, LocalDate other) {
        return one != null && one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(@Nullable LocalDate one, LocalDate other) {
        return one != null && one.isBefore(other) ? one : other;
    }
}
