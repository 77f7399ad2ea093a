/** The benchmark: what the program does in a second, against floors measured in the same run. */
@NullMarked
package holdfast.benchmark;

import org.jspecify.annotations.NullMarked;
