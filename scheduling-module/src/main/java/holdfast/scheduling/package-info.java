@NullMarked
package holdfast.scheduling;

import org.jspecify.annotations.NullMarked;
