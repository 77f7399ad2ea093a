/** Tells the slot availability what happens to reservations. */
@NullMarked
package holdfast.reservation.availability;

import org.jspecify.annotations.NullMarked;
