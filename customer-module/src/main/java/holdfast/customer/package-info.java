/**
 * Who books: customers, their personal data under a key each, and the erasure of both.
 *
 * <p>Other modules hold a {@link holdfast.customer.CustomerId} and {@link holdfast.customer.Sealed}
 * values, neither of which tells anything about a person once the key is gone.
 */
@NullMarked
package holdfast.customer;

import org.jspecify.annotations.NullMarked;
