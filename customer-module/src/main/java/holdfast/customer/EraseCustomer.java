package holdfast.customer;

import holdfast.catalogue.TenantId;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Forget this person: whatever was sealed for them can no longer be opened. */
public record EraseCustomer(TenantId tenant, CustomerId customer) {

    @TargetAggregateIdentifier
    SubjectId subject() {
        return SubjectId.customer(customer);
    }
}
