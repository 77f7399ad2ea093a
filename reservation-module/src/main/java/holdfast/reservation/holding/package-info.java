/** What decides: the reservation, and how it comes by its places. */
@NullMarked
package holdfast.reservation.holding;

import org.jspecify.annotations.NullMarked;
