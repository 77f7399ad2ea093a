package holdfast.reservation.web;

import static org.springframework.http.HttpStatus.CREATED;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand;
import holdfast.reservation.ReservationCommand.Arrive;
import holdfast.reservation.ReservationCommand.Book;
import holdfast.reservation.ReservationCommand.Complete;
import holdfast.reservation.ReservationCommand.Miss;
import holdfast.reservation.web.ReservationController.ReserveRequest;
import holdfast.scheduling.RefusesStart;
import holdfast.scheduling.ReservationId;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;

/** The desk: books for people, and notes who came. */
@RestController
@RequestMapping("/admin/v1/appointments")
@Tag(name = "Staff desk")
class StaffController {

    private final CommandGateway commands;
    private final ReservationViews views;

    StaffController(CommandGateway commands, ReservationViews views) {
        this.commands = commands;
        this.views = views;
    }

    /**
     * @param numberOfReservations people, or times to serve; 1 if absent
     * @param customer as when confirming
     */
    record BookRequest(
            ServiceId serviceId,
            BranchId branchId,
            @Nullable ResourceId requestedResourceId,
            @Valid ReserveRequest.Slot timeSlot,
            @Nullable @Size(max = 2048) String notes,
            @Nullable Integer numberOfReservations,
            @Valid ConfirmRequest customer) {

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "BookRequest[sealed]";
        }

        Book asCommand(TenantId tenant, ReservationId reservation) {
            var visit =
                    new ReserveRequest(
                            serviceId,
                            branchId,
                            requestedResourceId,
                            timeSlot,
                            notes,
                            numberOfReservations);
            return new Book(visit.asCommand(tenant, reservation), customer.asDetails());
        }
    }

    @PostMapping
    @ResponseStatus(CREATED)
    @Operation(
            operationId = "book",
            summary = "Book for somebody, in one step",
            description =
                    "Also what cannot be booked online, without notice and beyond the horizon;"
                            + " never where there is no place.")
    @Refuses({
        "unknown-reference",
        "service-not-offered",
        "count-out-of-range",
        "resource-not-selectable",
        "date-of-birth-missing"
    })
    @RefusesStart
    ResponseEntity<AppointmentView> book(
            Catalogue catalogue, LanguageTag language, @RequestBody BookRequest request) {
        var booked =
                send(request.asCommand(catalogue.tenant().id(), ReservationController.newId()));
        // a request that was sent before led to another id than this one would have
        var location = URI.create("/external/v1/appointments/" + booked.reservation());
        return ResponseEntity.created(location)
                .body(views.justConfirmed(catalogue, language, booked));
    }

    @GetMapping
    @Operation(
            operationId = "listAppointments",
            summary = "A branch's day: who comes, and whether they came",
            description = "Soonest first, cancelled ones included.")
    @Refuses("unknown-reference")
    List<AppointmentView> day(
            Catalogue catalogue,
            LanguageTag language,
            @RequestParam BranchId branchId,
            @RequestParam LocalDate date) {
        return views.appointmentsAt(catalogue, language, branchId, date);
    }

    @PostMapping("/{id}/arrival")
    @Operation(
            operationId = "arrive",
            summary = "The customer is there",
            description = "Said again, it changes nothing.")
    @Refuses({"reservation-unknown", "out-of-order"})
    AppointmentView arrive(Catalogue catalogue, LanguageTag language, @PathVariable String id) {
        var arrived = send(new Arrive(catalogue.tenant().id(), views.idOf(id)));
        return views.appointment(catalogue, language, arrived);
    }

    @PostMapping("/{id}/completion")
    @Operation(
            operationId = "complete",
            summary = "The appointment took place",
            description = "The customer must have arrived. Said again, it changes nothing.")
    @Refuses({"reservation-unknown", "out-of-order"})
    AppointmentView complete(Catalogue catalogue, LanguageTag language, @PathVariable String id) {
        var completed = send(new Complete(catalogue.tenant().id(), views.idOf(id)));
        return views.appointment(catalogue, language, completed);
    }

    @PostMapping("/{id}/no-show")
    @Operation(
            operationId = "miss",
            summary = "Nobody came",
            description = "From the start of the appointment on. Said again, it changes nothing.")
    @Refuses({"reservation-unknown", "out-of-order", "not-begun"})
    AppointmentView miss(Catalogue catalogue, LanguageTag language, @PathVariable String id) {
        var missed = send(new Miss(catalogue.tenant().id(), views.idOf(id)));
        return views.appointment(catalogue, language, missed);
    }

    private RegisterEntry send(ReservationCommand command) {
        return commands.sendAndWait(command);
    }
}
