package holdfast.customer;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerEvent.CustomerErased;
import holdfast.customer.CustomerEvent.CustomerRegistered;
import holdfast.customer.CustomerRefusal.CustomerUnknown;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * One person among a tenant's customers, from the first confirmation to the erasure.
 *
 * <p>Comes to be through {@link Customers#admit}, never by a command of its own: nobody is kept
 * here who has not booked.
 */
@Aggregate(type = "Customer") // stored with every event
@SuppressWarnings("NullAway.Init") // Axon makes it empty and then replays its first event
class Customer {

    // "customer:" and the id, since one store holds the streams of all kinds of aggregates
    @AggregateIdentifier private SubjectId id;
    private TenantId tenant;
    private boolean erased;

    Customer() {}

    Customer(TenantId tenant, CustomerId customer) {
        apply(new CustomerRegistered(tenant, customer));
    }

    @CommandHandler
    void handle(EraseCustomer command, Erasure erasure) {
        if (!command.tenant().equals(tenant)) {
            throw new Refused(new CustomerUnknown(command.customer()));
        }
        if (erased) {
            return;
        }
        erasure.erase(command.tenant(), command.customer());
        apply(new CustomerErased(command.tenant(), command.customer()));
    }

    @EventSourcingHandler
    void on(CustomerRegistered event) {
        id = SubjectId.customer(event.customer());
        tenant = event.tenant();
    }

    @EventSourcingHandler
    void on(CustomerErased event) {
        erased = true;
    }
}
