/** The proof that nothing was ever given twice, for whoever may see one tenant. */
@NullMarked
package holdfast.audit.oversell;

import org.jspecify.annotations.NullMarked;
