package holdfast.reservation.web;

import static org.springframework.http.HttpStatus.CREATED;
import static org.springframework.http.HttpStatus.NO_CONTENT;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand.Confirm;
import holdfast.reservation.ReservationCommand.Extend;
import holdfast.reservation.ReservationCommand.Release;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.scheduling.RefusesStart;
import holdfast.scheduling.RefusesWish;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.SchedulingRefusal.CombinationsSwitchedOff;
import holdfast.scheduling.SchedulingRefusal.SlotTaken;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.SlotAvailability;
import holdfast.scheduling.VisitWish;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.IdentifierFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;

/** Holds, of one service or of several: placed, extended, confirmed, released. */
@RestController
@RequestMapping(path = {"/external/v1", ""})
@Tag(name = "Booking")
class ReservationController {

    private static final int MOST_ALTERNATIVES = 5;

    private final CommandGateway commands;
    private final SlotAvailability availability;
    private final ReservationViews views;

    ReservationController(
            CommandGateway commands, SlotAvailability availability, ReservationViews views) {
        this.commands = commands;
        this.availability = availability;
        this.views = views;
    }

    /**
     * @param numberOfReservations people, or times to serve; 1 if absent
     */
    record ReserveRequest(
            ServiceId serviceId,
            BranchId branchId,
            @Nullable ResourceId requestedResourceId,
            @Valid Slot timeSlot,
            @Nullable @Size(max = 2048) String notes,
            @Nullable Integer numberOfReservations) {

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "ReserveRequest[sealed]";
        }

        /** From {@code startTime} (inclusive) to {@code endTime} (exclusive). */
        record Slot(OffsetDateTime startTime, OffsetDateTime endTime) {}

        Reserve asCommand(TenantId tenant, ReservationId reservation) {
            int count = numberOfReservations == null ? 1 : numberOfReservations;
            return new Reserve(
                    tenant,
                    reservation,
                    new VisitWish(
                            branchId,
                            List.of(new ServiceCount(serviceId, count)),
                            requestedResourceId),
                    timeSlot.startTime().toInstant(),
                    timeSlot.endTime().toInstant(),
                    notes);
        }
    }

    @PostMapping("/reservations")
    @ResponseStatus(CREATED)
    @Operation(
            operationId = "reserve",
            summary = "Hold a slot",
            description =
                    "The slot is kept until `expiresAt`; whoever does not confirm by then loses"
                            + " it.")
    @RefusesWish
    @RefusesStart
    @Refuses("too-many-open-holds")
    ResponseEntity<ReservationView> reserve(
            Catalogue catalogue, LanguageTag language, @RequestBody ReserveRequest request) {
        return hold(catalogue, language, request.asCommand(catalogue.tenant().id(), newId()));
    }

    @PostMapping("/serviceCombination/reservations")
    @ResponseStatus(CREATED)
    @Operation(
            operationId = "reserveSeveral",
            summary = "Hold a slot for several services in one visit",
            description =
                    "One hold with all of them. What can be done with a hold and its appointment"
                            + " is the same as for one service.")
    @Refuses({"combinations-switched-off", "not-combined", "too-many-open-holds"})
    @RefusesWish
    @RefusesStart
    ResponseEntity<ReservationView> reserveSeveral(
            Catalogue catalogue, LanguageTag language, @RequestBody ReserveSeveralRequest request) {
        if (!catalogue.tenant().settings().combinesServices()) {
            throw new Refused(new CombinationsSwitchedOff());
        }
        try {
            return hold(catalogue, language, request.asCommand(catalogue.tenant().id(), newId()));
        } catch (Refused refused) {
            throw request.pointed(refused);
        }
    }

    static ReservationId newId() {
        return ReservationId.of(IdentifierFactory.getInstance().generateIdentifier());
    }

    private ResponseEntity<ReservationView> hold(
            Catalogue catalogue, LanguageTag language, Reserve reserve) {
        try {
            var held = commands.<RegisterEntry>sendAndWait(reserve);
            // a request that was sent before led to another id than this one would have
            var location = URI.create("/external/v1/reservations/" + held.reservation());
            return ResponseEntity.created(location)
                    .body(views.reservation(catalogue, language, held));
        } catch (Refused refused) {
            throw withAlternatives(catalogue, reserve, refused);
        }
    }

    /** Whoever is told that a slot is taken is told what is free instead. */
    private Refused withAlternatives(Catalogue catalogue, Reserve reserve, Refused refused) {
        if (refused.reason() instanceof SlotTaken(var none, var zone)) {
            var nearest =
                    availability.nearest(
                            catalogue, reserve.wish(), reserve.start(), MOST_ALTERNATIVES);
            return new Refused(new SlotTaken(nearest, zone));
        }
        return refused;
    }

    @GetMapping({"/reservations/{id}", "/serviceCombination/reservations/{id}"})
    @Operation(operationId = "getReservation", summary = "A reservation as it stands")
    @Refuses("reservation-unknown")
    ReservationView reservation(
            Catalogue catalogue, LanguageTag language, @PathVariable String id) {
        return views.reservation(catalogue, language, id);
    }

    @PutMapping({"/reservations/{id}", "/serviceCombination/reservations/{id}"})
    @ResponseStatus(CREATED)
    @Operation(
            operationId = "confirm",
            summary = "Confirm a hold",
            description =
                    "Sent again with the same details, it answers the same again; with others,"
                            + " 409.")
    @Refuses({
        "reservation-unknown",
        "hold-lapsed",
        "not-on-hold",
        "confirmed-with-other-details",
        "screening-denied",
        "date-of-birth-missing",
        "answer-missing",
        "answer-without-question",
        "customer-forgotten"
    })
    AppointmentView confirm(
            Catalogue catalogue,
            LanguageTag language,
            @PathVariable String id,
            @RequestBody ConfirmRequest request) {
        var confirm = new Confirm(catalogue.tenant().id(), views.idOf(id), request.asDetails());
        var confirmed = commands.<RegisterEntry>sendAndWait(confirm);
        return views.justConfirmed(catalogue, language, confirmed);
    }

    @DeleteMapping({
        "/reservations/{id}",
        "/reservations/reservations/{id}",
        "/serviceCombination/reservations/{id}"
    })
    @ResponseStatus(NO_CONTENT)
    @Operation(
            operationId = "release",
            summary = "Give a hold back",
            description = "A hold that ended already is given back, too; an appointment is not.")
    @Refuses({"reservation-unknown", "already-confirmed"})
    void release(Catalogue catalogue, @PathVariable String id) {
        commands.sendAndWait(new Release(catalogue.tenant().id(), views.idOf(id)));
    }

    @PostMapping({
        "/reservations/{id}/extension",
        "/serviceCombination/reservations/{id}/extension"
    })
    @Operation(
            operationId = "extend",
            summary = "Give a hold its full time again",
            description = "As often as the tenant allows.")
    @Refuses({"reservation-unknown", "hold-lapsed", "not-on-hold", "extensions-used-up"})
    ReservationView extend(Catalogue catalogue, LanguageTag language, @PathVariable String id) {
        var extend = new Extend(catalogue.tenant().id(), views.idOf(id));
        return views.reservation(catalogue, language, commands.<RegisterEntry>sendAndWait(extend));
    }
}
