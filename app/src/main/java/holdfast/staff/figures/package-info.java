/**
 * The pages of those who read figures: how full, how many, how many of them came. They count by the
 * reports of {@code holdfast.reports}, and draw what these say.
 */
@NullMarked
package holdfast.staff.figures;

import org.jspecify.annotations.NullMarked;
