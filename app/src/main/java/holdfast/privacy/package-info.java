/** A person's rights: to have all that is kept of them, and to be forgotten. */
@NullMarked
package holdfast.privacy;

import org.jspecify.annotations.NullMarked;
