/**
 * The pages of those who keep the catalogue: what it says, and what another document would change.
 */
@NullMarked
package holdfast.staff.catalogue;

import org.jspecify.annotations.NullMarked;
