/**
 * One visit from its hold to its end: reserved, confirmed, and what else may become of it.
 *
 * <p>The way through: {@code ReservationController} → {@link
 * holdfast.reservation.ReservationCommand} → {@code Reservation} → {@link
 * holdfast.reservation.ReservationEvent} → {@code RegisterProjection} and the slot availability.
 */
@NullMarked
package holdfast.reservation;

import org.jspecify.annotations.NullMarked;
