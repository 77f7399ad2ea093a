@NullMarked
package holdfast.eventstore;

import org.jspecify.annotations.NullMarked;
