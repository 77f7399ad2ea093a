@NullMarked
package holdfast.catalogue;

import org.jspecify.annotations.NullMarked;
