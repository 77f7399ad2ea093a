package holdfast.audit.history;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.audit.EventView;
import holdfast.audit.PersonalFields;
import holdfast.audit.TimeSlot;
import holdfast.audit.past.Moments;
import holdfast.audit.past.PointInTime;
import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refuses;
import holdfast.customer.CustomerId;
import holdfast.customer.Occasion;
import holdfast.customer.PersonalData;
import holdfast.customer.Readings;
import holdfast.followers.LoggedEvent;
import holdfast.reservation.ChosenBy;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.security.Scope;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** What became of one reservation. */
@RestController
@RequestMapping("/audit/v1/reservations/{id}")
@Tag(name = "Audit")
class HistoryController {

    private static final String PERSONAL =
            " What is sealed is readable with the scope `audit.personal`, `\"erased\"` where the"
                    + " key is gone, and `\"sealed\"` without that scope.";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ReservationHistory history;
    private final Moments moments;
    private final PersonalData personal;
    private final Readings readings;

    HistoryController(
            ReservationHistory history, Moments moments, PersonalData personal, Readings readings) {
        this.history = history;
        this.moments = moments;
        this.personal = personal;
        this.readings = readings;
    }

    /** All events of a reservation, the first one first. */
    record HistoryView(ReservationId reservationId, List<StepView> events) {}

    /** An event, and how the reservation stood after it. */
    record StepView(EventView event, StateView state) {}

    /**
     * @param position number of the last event that counts
     * @param instant by which a hold is in force or has ended
     */
    record StateAtView(
            ReservationId reservationId, long position, OffsetDateTime instant, StateView state) {}

    /**
     * How a reservation stands; times are in the branch's offset.
     *
     * @param notes sealed as all that is personal; null if there are none
     * @param details of the customer, sealed likewise; null before it is confirmed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StateView(
            ReservationStatus status,
            String branchId,
            TimeSlot timeSlot,
            OffsetDateTime expiresAt,
            List<ServiceCount> services,
            List<Claim> claims,
            ChosenBy chosenBy,
            @Nullable CustomerId customerId,
            @Schema(type = "string") @Nullable JsonNode notes,
            @Schema(
                            types = {"object", "string"},
                            implementation = Object.class)
                    @Nullable JsonNode details) {}

    @GetMapping(path = "/history", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getHistory",
            summary = "Every event of a reservation, with its state after each",
            description = "In the order in which they happened." + PERSONAL)
    @Refuses("reservation-unknown")
    HistoryView history(Catalogue catalogue, @PathVariable ReservationId id) {
        var steps = history.of(catalogue.tenant().id(), id);
        var payloads = steps.stream().map(step -> payload(step.event())).toList();
        var fields = fields(catalogue, payloads);
        return new HistoryView(
                id,
                steps.stream()
                        .map(
                                step ->
                                        new StepView(
                                                EventView.of(
                                                        step.event(),
                                                        fields.shown(payload(step.event()))),
                                                state(step.after(), fields, catalogue)))
                        .toList());
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getStateAsOf",
            summary = "How a reservation stood at a moment",
            description = "A hold past its `expiresAt` is `EXPIRED`, recorded or not." + PERSONAL)
    @Refuses({"moment-not-reached", "tenant-not-yet-there", "reservation-unknown"})
    StateAtView state(
            Catalogue catalogue,
            @PathVariable ReservationId id,
            @Parameter(
                            description =
                                    "The number of an event, or an instant with an offset. Not"
                                            + " given: now.")
                    @RequestParam(required = false)
                    @Nullable PointInTime asOf) {
        var tenant = catalogue.tenant().id();
        var moment = moments.find(tenant, asOf);
        var entry = history.at(tenant, id, moment.position(), moment.instant());
        var fields = fields(catalogue, List.of(JSON.valueToTree(entry)));
        return new StateAtView(
                id,
                moment.position(),
                moment.instant().atOffset(ZoneOffset.UTC),
                state(entry, fields, catalogue));
    }

    private PersonalFields fields(Catalogue catalogue, List<JsonNode> payloads) {
        if (!Scope.AUDIT_PERSONAL.isOfThisCall()) {
            return PersonalFields.unread();
        }
        var tenant = catalogue.tenant().id();
        var fields = PersonalFields.read(personal, tenant, payloads);
        if (fields.isReadable()) {
            readings.note(tenant, customersIn(payloads), Occasion.HISTORY);
        }
        return fields;
    }

    private static List<CustomerId> customersIn(List<JsonNode> payloads) {
        return payloads.stream()
                .map(payload -> payload.path("customer"))
                .filter(JsonNode::isString)
                .map(customer -> CustomerId.of(customer.asString()))
                .distinct()
                .toList();
    }

    private static JsonNode payload(LoggedEvent event) {
        return JSON.readTree(event.payload());
    }

    private static StateView state(
            RegisterEntry entry, PersonalFields fields, Catalogue catalogue) {
        var zone =
                catalogue
                        .branch(entry.branch())
                        .map(Branch::timeZone)
                        .orElse(catalogue.tenant().timeZone());
        return new StateView(
                entry.status(),
                entry.branch().text(),
                TimeSlot.of(entry.visit(), zone),
                entry.expiresAt().atZone(zone).toOffsetDateTime(),
                entry.services(),
                entry.claims(),
                entry.chosenBy(),
                entry.customer(),
                fields.shownOrNull(entry.notes()),
                fields.shownOrNull(entry.details()));
    }
}
