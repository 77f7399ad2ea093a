@NullMarked
package holdfast.start;

import org.jspecify.annotations.NullMarked;
