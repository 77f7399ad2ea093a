@NullMarked
package holdfast.http;

import org.jspecify.annotations.NullMarked;
