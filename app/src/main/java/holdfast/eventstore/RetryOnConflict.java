package holdfast.eventstore;

import holdfast.catalogue.LostRace;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.ConcurrencyException;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Repeats a command that lost a race and nothing else: a refusal is an answer, and repeating it
 * would only give it later.
 *
 * <p>A race is lost when another command appended to the stream first, or when PostgreSQL chose
 * this transaction as the victim of a deadlock or a serialisation conflict. The repetition runs on
 * the caller's thread, in a transaction of its own, so what hangs on the thread stays with it.
 *
 * <p>Losers of one stream take turns from then on, before they begin a transaction, so a crowd on
 * one reservation comes through one by one instead of losing to each other again and again. Only
 * who is still losing after seconds is told that others changed it meanwhile. A turn is never
 * waited for while a transaction is open, so it takes no part in deadlocks.
 */
final class RetryOnConflict implements RetryScheduler {

    /** From the first lost race on; below the 30 seconds after which statements are given up. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Set<String> LOST_RACES = Set.of("40001", "40P01");
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private static final CommandTargetResolver TARGETS =
            AnnotationCommandTargetResolver.builder().build();

    /** When this command lost for the first time; by the clock of {@link System#nanoTime}. */
    private static final ScopedValue<Long> FIRST_LOST = ScopedValue.newInstance();

    private final Duration patience;

    /** Streams that share one cost each other a wait and nothing else. */
    private final Lock[] turns = Stream.generate(ReentrantLock::new).limit(64).toArray(Lock[]::new);

    RetryOnConflict() {
        this(PATIENCE);
    }

    RetryOnConflict(Duration patience) {
        this.patience = patience;
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by Axon
    public boolean scheduleRetry(
            CommandMessage command,
            RuntimeException failure,
            List<Class<? extends Throwable>[]> failures,
            Runnable dispatch) {
        if (!isLostRace(failure)) {
            return false;
        }
        if (failures.size() == 1) {
            return tryAgainInTurn(command, dispatch);
        }
        if (System.nanoTime() - FIRST_LOST.get() > patience.toNanos()) {
            return false;
        }
        // other nodes do not see our turns
        long pause = ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_MILLIS + 1);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        dispatch.run();
        return true;
    }

    private boolean tryAgainInTurn(CommandMessage<?> command, Runnable dispatch) {
        long firstLost = System.nanoTime();
        var turn = turns[Math.floorMod(targetOf(command).hashCode(), turns.length)];
        try {
            if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            // whatever fails from here on is told to us within this call
            ScopedValue.where(FIRST_LOST, firstLost).run(dispatch);
        } finally {
            turn.unlock();
        }
        return true;
    }

    private static String targetOf(CommandMessage<?> command) {
        try {
            return TARGETS.resolveTarget(command).getIdentifier();
        } catch (IllegalArgumentException noStreamInParticular) {
            return command.getIdentifier();
        }
    }

    static boolean isLostRace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConcurrencyException
                    || cause instanceof LostRace
                    || (cause instanceof SQLException sql
                            && sql.getSQLState() != null
                            && LOST_RACES.contains(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}
