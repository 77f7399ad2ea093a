package holdfast.catalogue;

import java.time.OffsetDateTime;

/**
 * A range of instants in which a branch, a service at a branch, a pool or one resource is not
 * available.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 */
public record Closure(OffsetDateTime from, OffsetDateTime to, String reason) {}
