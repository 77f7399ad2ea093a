package holdfast.customer;

import java.time.Instant;

/**
 * Who was shown a customer's data.
 *
 * @param reader a client's id, {@code member:} and a staff member's id, or {@code anonymous}
 * @param firstAt the first time on a day, in UTC; later readings of that day are not told apart
 */
public record Reading(String reader, Occasion occasion, Instant firstAt) {}
