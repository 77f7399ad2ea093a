package holdfast.reservation.web;

import static org.springframework.http.HttpStatus.NO_CONTENT;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Refuses;
import holdfast.reservation.ReservationCommand.Cancel;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.util.List;

/** Appointments, of one service or of several: found, read, cancelled. */
@RestController
@RequestMapping(
        path = {"/external/v1", "", "/external/v1/serviceCombination", "/serviceCombination"})
@Tag(name = "Appointments")
class AppointmentController {

    private final CommandGateway commands;
    private final ReservationViews views;
    private final Clock clock;

    AppointmentController(CommandGateway commands, ReservationViews views, Clock clock) {
        this.commands = commands;
        this.views = views;
        this.clock = clock;
    }

    /** Whose appointments are looked for. */
    record SearchRequest(@Valid Person customer) {

        record Person(
                @Pattern(
                                regexp = "[A-Za-z0-9]{10,48}",
                                message = "must be 10 to 48 letters and digits")
                        String personalIdentifier) {

            /** Gives nothing away. */
            @Override
            public String toString() {
                return "Person[sealed]";
            }
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
