@NullMarked
package holdfast.limits;

import org.jspecify.annotations.NullMarked;
