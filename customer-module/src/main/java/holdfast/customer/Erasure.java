package holdfast.customer;

import holdfast.catalogue.TenantId;

/** Deletes everything by which a person could be recognised or their data opened. */
interface Erasure {

    void erase(TenantId tenant, CustomerId customer);
}
