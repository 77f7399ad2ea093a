package holdfast.projections;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How far a projection is that is made anew, or was.
 *
 * @param position of the last event that the new one knows; of register and ledger, how many events
 *     were read
 * @param of the position at which the log ended when it began; of register and ledger, how many
 *     events there are
 * @param eventsPerSecond since it began
 * @param secondsLeft at this pace; absent unless it is running
 * @param differences how many rows were not as the log says, and are now; absent until they were
 *     compared
 * @param failure why it was given up; absent unless it was
 */
record Replay(
        String name,
        State state,
        long position,
        long of,
        long eventsPerSecond,
        @Nullable Long secondsLeft,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long differences,
        @Nullable String failure) {

    /** What has become of it. */
    enum State {
        RUNNING,
        /** The living one agrees with the log. */
        DONE,
        /** The living one is as it was. */
        FAILED,
        /** Somebody called it off; the living one is as it was. */
        CANCELLED
    }
}
