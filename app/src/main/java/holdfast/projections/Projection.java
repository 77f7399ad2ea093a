package holdfast.projections;

import org.jspecify.annotations.Nullable;

/**
 * Something made from the log, and how far it is.
 *
 * @param position of the last event it knows
 * @param lagEvents how many numbers of the log it is behind; a few of them may be missing
 * @param lagSeconds how long ago the first event that it does not know was recorded
 * @param failure why it could not go on when it last tried; absent if it could
 */
record Projection(
        String name,
        Kind kind,
        long position,
        long lagEvents,
        long lagSeconds,
        @Nullable String failure) {

    /** Where it is kept, and so when it agrees with the log. */
    enum Kind {
        /** In tables, in the transaction that stores the event: never behind. */
        WITH_THE_EVENT,
        /** In tables, moments later. */
        TABLES,
        /** In this node's memory, moments later. */
        MEMORY
    }
}
