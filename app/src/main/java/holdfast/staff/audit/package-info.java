/**
 * The pages for auditors: what happened, what was offered at any moment and why not, and proofs.
 */
@NullMarked
package holdfast.staff.audit;

import org.jspecify.annotations.NullMarked;
