/** The application: every module, composed. */
@NullMarked
package holdfast;

import org.jspecify.annotations.NullMarked;
