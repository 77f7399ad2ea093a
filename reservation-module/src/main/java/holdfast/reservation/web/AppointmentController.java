package holdfast.reservation.web;

import static org.springframework.http.HttpHeaders.CONTENT_DISPOSITION;
import static org.springframework.http.HttpStatus.NO_CONTENT;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.TextOrNumber;
import holdfast.reservation.CustomerDetails;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand.Cancel;
import holdfast.reservation.ReservationCommand.ChangeCustomer;
import holdfast.reservation.ReservationCommand.Reschedule;
import holdfast.reservation.ReservationRefusal.UnknownHold;
import holdfast.scheduling.ReservationId;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** Appointments, of one service or of several: found, read, moved, given to another, cancelled. */
@RestController
@RequestMapping(
        path = {"/external/v1", "", "/external/v1/serviceCombination", "/serviceCombination"})
@Tag(name = "Appointments")
class AppointmentController {

    private final CommandGateway commands;
    private final ReservationViews views;
    private final AppointmentCalendar calendar;
    private final Clock clock;

    AppointmentController(
            CommandGateway commands,
            ReservationViews views,
            AppointmentCalendar calendar,
            Clock clock) {
        this.commands = commands;
        this.views = views;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** Whose appointments are looked for. */
    record SearchRequest(@Valid Person customer) {

        record Person(
                @Pattern(
                                regexp = ConfirmRequest.IDENTIFIER,
                                message = ConfirmRequest.IDENTIFIER_RULE)
                        String personalIdentifier) {

            /** Gives nothing away. */
            @Override
            public String toString() {
                return "Person[sealed]";
            }
        }
    }

    /** Which hold the appointment takes the time of. */
    record RescheduleRequest(@Size(max = 100) String reservationId) {}

    /** Who comes from now on. */
    record CustomerRequest(
            @Pattern(regexp = ConfirmRequest.IDENTIFIER, message = ConfirmRequest.IDENTIFIER_RULE)
                    String personalIdentifier,
            @Size(min = 1, max = 255) String firstName,
            @Size(min = 1, max = 255) String lastName,
            @Size(min = 1, max = 255) @Email String email,
            @Nullable @TextOrNumber @Size(max = 255) String phoneNumber,
            @Nullable LocalDate dateOfBirth) {

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "CustomerRequest[sealed]";
        }

        CustomerDetails asDetails() {
            return new CustomerDetails(
                    personalIdentifier,
                    firstName,
                    lastName,
                    email,
                    phoneNumber,
                    dateOfBirth,
                    List.of(),
                    List.of());
        }
    }

    /** Why the appointment is called off. */
    record CancelRequest(@Nullable @Size(max = 2048) String reason) {

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "CancelRequest[sealed]";
        }
    }

    @PostMapping("/appointments/search")
    @Operation(
            operationId = "searchAppointments",
            summary = "A customer's appointments, soonest first")
    List<AppointmentView> search(
            Catalogue catalogue, LanguageTag language, @RequestBody SearchRequest request) {
        return views.appointmentsOf(catalogue, language, request.customer().personalIdentifier());
    }

    @GetMapping("/appointments/{id}")
    @Operation(operationId = "getAppointment", summary = "An appointment as it stands")
    @Refuses("reservation-unknown")
    AppointmentView appointment(
            Catalogue catalogue, LanguageTag language, @PathVariable String id) {
        return views.appointment(catalogue, language, id);
    }

    @GetMapping(path = "/appointments/{id}/calendar.ics", produces = AppointmentCalendar.MEDIA_TYPE)
    @Operation(
            operationId = "getCalendar",
            summary = "An appointment as a file for calendars",
            description =
                    "iCalendar (RFC 5545). A calendar that takes the file in again, after a change,"
                            + " finds the same event: moved, or cancelled.")
    @Refuses("reservation-unknown")
    ResponseEntity<byte[]> calendar(
            Catalogue catalogue, LanguageTag language, @PathVariable String id) {
        return ResponseEntity.ok()
                .header(CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\"")
                .body(calendar.of(catalogue, language, id));
    }

    @PutMapping("/appointments/{id}")
    @Operation(
            operationId = "reschedule",
            summary = "Move an appointment to the time of a hold",
            description =
                    "The hold is for the same services, how many of each is its own to say. In one"
                        + " step the appointment takes its time, its branch and its places, the"
                        + " hold ends, and the old time is free. The appointment keeps its id, its"
                        + " customer and its note. Sent again, it answers the same again.")
    @Refuses({
        "reservation-unknown",
        "unknown-reference",
        "other-services",
        "hold-lapsed",
        "not-on-hold",
        "not-an-appointment",
        "reschedule-deadline-passed"
    })
    AppointmentView reschedule(
            Catalogue catalogue,
            LanguageTag language,
            @PathVariable String id,
            @RequestBody RescheduleRequest request) {
        var askedAt = clock.instant();
        var reschedule =
                new Reschedule(
                        catalogue.tenant().id(),
                        views.idOf(id),
                        holdOf(request.reservationId()),
                        askedAt);
        return views.appointment(
                catalogue, language, commands.<RegisterEntry>sendAndWait(reschedule));
    }

    private static ReservationId holdOf(String id) {
        try {
            return ReservationId.of(id);
        } catch (IllegalArgumentException noUuid) {
            throw new Refused(new UnknownHold(id));
        }
    }

    @PutMapping("/appointments/{id}/customer")
    @ResponseStatus(NO_CONTENT)
    @Operation(
            operationId = "changeCustomer",
            summary = "Change who comes, or their details",
            description =
                    "All details are replaced. Answers to questions and the note stay. With another"
                            + " `personalIdentifier` the appointment is that customer's from now"
                            + " on.")
    @Refuses({
        "reservation-unknown",
        "not-an-appointment",
        "date-of-birth-missing",
        "customer-forgotten"
    })
    void changeCustomer(
            Catalogue catalogue, @PathVariable String id, @RequestBody CustomerRequest request) {
        commands.sendAndWait(
                new ChangeCustomer(catalogue.tenant().id(), views.idOf(id), request.asDetails()));
    }

    @DeleteMapping("/appointments/{id}")
    @ResponseStatus(NO_CONTENT)
    @Operation(
            operationId = "cancel",
            summary = "Cancel an appointment",
            description =
                    "The reason may stand in the body or in the query. Cancelling twice is"
                            + " cancelling once.")
    @Refuses({"reservation-unknown", "not-an-appointment", "cancel-deadline-passed"})
    void cancel(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable @Size(max = 2048) String reason,
            @RequestBody(required = false) @Nullable CancelRequest request) {
        var askedAt = clock.instant();
        commands.sendAndWait(
                new Cancel(
                        catalogue.tenant().id(),
                        views.idOf(id),
                        request == null || request.reason() == null ? reason : request.reason(),
                        askedAt));
    }
}
