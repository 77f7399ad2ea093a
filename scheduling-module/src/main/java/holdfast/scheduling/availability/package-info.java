/** The slot-availability read model: busy time in memory, rules compiled once. */
@NullMarked
package holdfast.scheduling.availability;

import org.jspecify.annotations.NullMarked;
