/** A real PostgreSQL and real nodes for tests. */
@NullMarked
package holdfast.testing;

import org.jspecify.annotations.NullMarked;
