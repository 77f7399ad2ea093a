/** From the command line to a system that takes bookings, and what is said on the way. */
@NullMarked
package holdfast.start;

import org.jspecify.annotations.NullMarked;
