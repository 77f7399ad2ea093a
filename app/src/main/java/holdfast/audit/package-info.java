/**
 * What auditors ask: what happened, what was so at an earlier moment, why a time was not offered,
 * and whether anything was ever given twice.
 */
@NullMarked
package holdfast.audit;

import org.jspecify.annotations.NullMarked;
