/** Reservations and appointments over HTTP. */
@NullMarked
package holdfast.reservation.web;

import org.jspecify.annotations.NullMarked;
