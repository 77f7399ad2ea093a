/**
 * Axon on PostgreSQL: the event log, its names, its readers and its deadlines, each part declared
 * here because the defaults lose or double bookings on this stack.
 */
@NullMarked
package holdfast.eventstore;

import org.jspecify.annotations.NullMarked;
