@NullMarked
package holdfast.staff.figures;

import org.jspecify.annotations.NullMarked;
