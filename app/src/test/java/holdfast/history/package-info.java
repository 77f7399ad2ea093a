/** A year of demand, made up by a seed: for tests of figures, and to measure them with. */
@NullMarked
package holdfast.history;

import org.jspecify.annotations.NullMarked;
