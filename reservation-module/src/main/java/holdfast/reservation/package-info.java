@NullMarked
package holdfast.reservation;

import org.jspecify.annotations.NullMarked;
