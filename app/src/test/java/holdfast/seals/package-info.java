@NullMarked
package holdfast.seals;

import org.jspecify.annotations.NullMarked;
