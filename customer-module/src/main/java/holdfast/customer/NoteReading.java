package holdfast.customer;

import holdfast.catalogue.TenantId;

import java.time.Instant;
import java.util.Set;

/** Record what was not recorded today. */
record NoteReading(
        TenantId tenant, Set<CustomerId> customers, String reader, Occasion occasion, Instant at) {}
