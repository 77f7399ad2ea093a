/**
 * When: which starts can be booked, what a visit takes up, and what is still free.
 *
 * <p>{@link holdfast.scheduling.VisitRules} is a wish compiled against a catalogue; {@link
 * holdfast.scheduling.SlotEngine} answers every question about it, so that a list, a booking and an
 * explanation never disagree.
 */
@NullMarked
package holdfast.scheduling;

import org.jspecify.annotations.NullMarked;
