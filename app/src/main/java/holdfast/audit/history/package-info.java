/** The life of one reservation: each event with what it led to, and how it stood at any moment. */
@NullMarked
package holdfast.audit.history;

import org.jspecify.annotations.NullMarked;
