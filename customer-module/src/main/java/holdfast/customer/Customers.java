package holdfast.customer;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;

import java.util.Optional;

/** A tenant's customers, found by the identifier they give when they book. */
public interface Customers {

    /**
     * The customer with this identifier, registered now if there was none.
     *
     * <p>Belongs into a command's unit of work: a new customer's {@link
     * CustomerEvent.CustomerRegistered} and keys commit or vanish with it. One statement. Of two
     * that admit the same new identifier at once, the second waits for the first to commit and gets
     * the same customer.
     *
     * @param personalIdentifier as the person typed it; capital and small letters are told apart
     */
    CustomerId admit(TenantId tenant, String personalIdentifier);

    /** The customer with this identifier, if the tenant has one that is not erased. */
    Optional<CustomerId> find(TenantId tenant, String personalIdentifier);

    /** Whether the tenant has this customer, not erased. */
    boolean knows(TenantId tenant, CustomerId customer);

    /**
     * A keyed digest by which two texts of one person are compared without keeping either: the same
     * bytes give the same fingerprint, and nobody without the person's key can guess them from it.
     *
     * @return base64url without padding
     * @throws Refused with {@link CustomerRefusal.CustomerForgotten} if the customer has no key
     */
    String fingerprint(TenantId tenant, CustomerId customer, byte[] canonical);
}
