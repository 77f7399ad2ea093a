@NullMarked
package holdfast.customer;

import org.jspecify.annotations.NullMarked;
