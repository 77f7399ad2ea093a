/** How much one caller may do: so many changes a second, and so many open holds. */
@NullMarked
package holdfast.limits;

import org.jspecify.annotations.NullMarked;
