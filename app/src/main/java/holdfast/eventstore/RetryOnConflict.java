package holdfast.eventstore;

import holdfast.catalogue.LostRace;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.modelling.command.ConcurrencyException;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Repeats a command that lost a race and nothing else: a refusal is an answer, and repeating it
 * would only give it later.
 *
 * <p>A race is lost when another command appended to the stream first, or when PostgreSQL chose
 * this transaction as the victim of a deadlock or a serialisation conflict. The repetition runs on
 * the caller's thread, in a transaction of its own, so what hangs on the thread stays with it.
 */
final class RetryOnConflict implements RetryScheduler {

    static final int TRIES = 5;

    private static final Set<String> LOST_RACES = Set.of("40001", "40P01");
    private static final long SHORTEST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    @Override
    @SuppressWarnings("rawtypes") // as declared by Axon
    public boolean scheduleRetry(
            CommandMessage command,
            RuntimeException failure,
            List<Class<? extends Throwable>[]> failures,
            Runnable dispatch) {
        if (failures.size() >= TRIES || !isLostRace(failure)) {
            return false;
        }
        long pause =
                ThreadLocalRandom.current()
                        .nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS + 1);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        dispatch.run();
        return true;
    }

    static boolean isLostRace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConcurrencyException
                    || cause instanceof LostRace
                    || (cause instanceof SQLException sql
                            && LOST_RACES.contains(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}
