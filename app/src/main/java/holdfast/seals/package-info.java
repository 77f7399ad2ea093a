/**
 * Seals the log: a hash tree per tenant over its events, heads signed by a follower, proofs, and
 * exports that are checked without the database.
 */
@NullMarked
package holdfast.seals;

import org.jspecify.annotations.NullMarked;
