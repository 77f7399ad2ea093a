@NullMarked
package holdfast.members;

import org.jspecify.annotations.NullMarked;
