/**
 * Any moment of the past: its catalogue and its claims, the slots that were listed then, and why
 * others were not.
 */
@NullMarked
package holdfast.audit.past;

import org.jspecify.annotations.NullMarked;
