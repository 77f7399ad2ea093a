package holdfast.privacy;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.CustomerRefusal.CustomerUnknown;
import holdfast.customer.Customers;
import holdfast.customer.EraseCustomer;
import holdfast.customer.Occasion;
import holdfast.customer.Readings;
import holdfast.privacy.PrivacyRefusal.AppointmentsAhead;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationStatus;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.constraints.Size;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** What a data-protection officer does for somebody who asks. */
@RestController
@RequestMapping("/admin/v1/customers")
@Tag(name = "Privacy")
class CustomerController {

    /** Nobody has it. */
    private static final CustomerId NOBODY = new CustomerId(new UUID(0, 0));

    private final Customers customers;
    private final Register register;
    private final PersonalFiles files;
    private final Readings readings;
    private final CommandGateway commands;
    private final Clock clock;

    CustomerController(
            Customers customers,
            Register register,
            PersonalFiles files,
            Readings readings,
            CommandGateway commands,
            Clock clock) {
        this.customers = customers;
        this.register = register;
        this.files = files;
        this.readings = readings;
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * @param personalIdentifier as the person gave it when they booked
     */
    record FindRequest(@Size(min = 1, max = 255) String personalIdentifier) {

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "FindRequest[sealed]";
        }
    }

    record Found(CustomerId customerId) {}

    @PostMapping("/search")
    @Operation(
            operationId = "findCustomer",
            summary = "The id of the customer with this personal identifier",
            description = "In the body, since addresses are written into logs.")
    @Refuses("customer-unknown")
    Found find(Catalogue catalogue, @RequestBody FindRequest request) {
        return customers
                .find(catalogue.tenant().id(), request.personalIdentifier())
                .map(Found::new)
                .orElseThrow(() -> new Refused(new CustomerUnknown(NOBODY)));
    }

    @GetMapping("/{id}")
    @Operation(
            operationId = "exportCustomer",
            summary = "All that is kept about a customer",
            description =
                    "Appointments with details, notes and answers; every event that concerns the"
                            + " customer, with what is sealed for them; and who was shown their"
                            + " data. That this was asked for is recorded, too.")
    @Refuses("customer-unknown")
    PersonalFile export(Catalogue catalogue, @PathVariable String id) {
        var tenant = catalogue.tenant().id();
        var customer = known(tenant, id);
        readings.note(tenant, List.of(customer), Occasion.EXPORT);
        return files.of(catalogue, customer);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "eraseCustomer",
            summary = "Forget a customer, for good",
            description =
                    "Deletes the customer's key, so that no copy of anything sealed under it can"
                            + " be read, and the record of their identifier. The log says that it"
                            + " happened; it and its seals stay valid. Appointments stay as"
                            + " figures without a person.")
    @Refuses({"customer-unknown", "appointments-ahead"})
    void erase(Catalogue catalogue, @PathVariable String id) {
        var tenant = catalogue.tenant().id();
        var customer = idOf(id);
        var now = clock.instant();
        var ahead =
                register.appointmentsOf(tenant, customer).stream()
                        .filter(entry -> entry.status() == ReservationStatus.CONFIRMED)
                        .filter(entry -> entry.visit().end().isAfter(now))
                        .map(RegisterEntry::reservation)
                        .toList();
        if (!ahead.isEmpty() && customers.knows(tenant, customer)) {
            throw new Refused(new AppointmentsAhead(ahead));
        }
        try {
            commands.sendAndWait(new EraseCustomer(tenant, customer));
        } catch (AggregateNotFoundException nobody) {
            throw new Refused(new CustomerUnknown(customer));
        }
    }

    private CustomerId known(TenantId tenant, String id) {
        var customer = idOf(id);
        if (!customers.knows(tenant, customer)) {
            throw new Refused(new CustomerUnknown(customer));
        }
        return customer;
    }

    private static CustomerId idOf(String id) {
        try {
            return CustomerId.of(id);
        } catch (IllegalArgumentException noUuid) {
            throw new Refused(new CustomerUnknown(NOBODY));
        }
    }
}
