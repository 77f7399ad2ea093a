package holdfast.customer;

import holdfast.catalogue.EventName;
import holdfast.catalogue.TenantId;

import org.axonframework.serialization.Revision;

/** What happened to a tenant's customers. No event tells who the customer is. */
public sealed interface CustomerEvent {

    TenantId tenant();

    CustomerId customer();

    /** Somebody confirmed for the first time under an identifier the tenant did not know. */
    @EventName("customer.CustomerRegistered")
    @Revision("1")
    record CustomerRegistered(TenantId tenant, CustomerId customer) implements CustomerEvent {}

    /** The person's key and identifier are deleted; what was sealed for them says "erased". */
    @EventName("customer.CustomerErased")
    @Revision("1")
    record CustomerErased(TenantId tenant, CustomerId customer) implements CustomerEvent {}
}
