package holdfast.customer;

import holdfast.catalogue.TenantId;

import java.util.Collection;
import java.util.List;

/**
 * The record of who was shown whose personal data.
 *
 * <p>A reading is recorded before the data is shown, once for each reader, customer, occasion and
 * day in UTC: as {@code customer.PersonalDataRead} in the log, and in a table of its own.
 */
public interface Readings {

    /**
     * Records that whoever acts on this thread is shown data of these customers. No statement if
     * this node has recorded all of it today.
     */
    void note(TenantId tenant, Collection<CustomerId> customers, Occasion occasion);

    /** Who was shown this customer's data, the latest first. */
    List<Reading> of(TenantId tenant, CustomerId customer);
}
