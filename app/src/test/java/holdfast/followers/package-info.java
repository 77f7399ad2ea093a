@NullMarked
package holdfast.followers;

import org.jspecify.annotations.NullMarked;
