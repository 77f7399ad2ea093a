/**
 * Requests that are sent again: with the same {@code Idempotency-Key} they happen once, and get the
 * answer they got before.
 */
@NullMarked
package holdfast.repeats;

import org.jspecify.annotations.NullMarked;
