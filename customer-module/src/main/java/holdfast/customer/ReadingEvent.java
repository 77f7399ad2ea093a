package holdfast.customer;

import holdfast.catalogue.EventName;
import holdfast.catalogue.TenantId;

import org.axonframework.serialization.Revision;

import java.util.List;

/** Who was shown what. No event tells what was shown. */
public sealed interface ReadingEvent {

    TenantId tenant();

    /**
     * Somebody was shown personal data of these customers.
     *
     * @param customers none of whom this reader had been shown before on this day and occasion
     * @param reader a client's id, {@code member:} and a staff member's id, or {@code anonymous}
     */
    @EventName("customer.PersonalDataRead")
    @Revision("1")
    record PersonalDataRead(
            TenantId tenant, List<CustomerId> customers, String reader, Occasion occasion)
            implements ReadingEvent {}
}
