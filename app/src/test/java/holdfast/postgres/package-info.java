@NullMarked
package holdfast.postgres;

import org.jspecify.annotations.NullMarked;
