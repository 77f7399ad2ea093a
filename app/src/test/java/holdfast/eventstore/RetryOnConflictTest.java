package holdfast.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.LostRace;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.Refused;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class RetryOnConflictTest {

    private record No() implements Refusal {}

    private final AtomicInteger dispatched = new AtomicInteger();

    @Test
    void a_lost_race_for_a_stream_is_repeated() {
        assertThat(isRepeated(new LostRace("lost"))).isTrue();
        assertThat(isRepeated(new ConcurrencyException("lost"))).isTrue();
        assertThat(isRepeated(new IllegalStateException(new ConcurrencyException("lost"))))
                .isTrue();
        assertThat(dispatched).hasValue(3);
    }

    @Test
    void the_victim_of_a_deadlock_is_repeated() {
        assertThat(isRepeated(new CannotAcquireLockException("", new SQLException("", "40P01"))))
                .isTrue();
        assertThat(isRepeated(new CannotAcquireLockException("", new SQLException("", "40001"))))
                .isTrue();
    }

    @Test
    void a_refusal_is_an_answer_and_not_repeated() {
        assertThat(isRepeated(new Refused(new No()))).isFalse();
        assertThat(isRepeated(new DuplicateKeyException("", new SQLException("", "23505"))))
                .isFalse();
        assertThat(dispatched).hasValue(0);
    }

    @Test
    void a_failure_without_a_code_is_not_repeated() {
        assertThat(isRepeated(new IllegalStateException(new SQLException("no connection"))))
                .isFalse();
    }

    @Test
    void who_loses_again_and_again_tries_on_for_as_long_as_the_patience_lasts() {
        var patience = Duration.ofMillis(200);
        long began = System.nanoTime();
        var command = new LosingCommand(new RetryOnConflict(patience));
        command.lose();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(patience);
        assertThat(command.tries).isGreaterThan(3);
    }

    /** A command that always loses, as the gateway goes about it: within the call that failed. */
    private static final class LosingCommand {

        private final RetryOnConflict retry;
        private int tries;

        LosingCommand(RetryOnConflict retry) {
            this.retry = retry;
        }

        void lose() {
            tries++;
            var lost = new LostRace("lost");
            retry.scheduleRetry(
                    new GenericCommandMessage<>("command"),
                    lost,
                    List.copyOf(Collections.nCopies(tries, failureOf(lost))),
                    this::lose);
        }
    }

    private boolean isRepeated(RuntimeException failure) {
        return new RetryOnConflict()
                .scheduleRetry(
                        new GenericCommandMessage<>("command"),
                        failure,
                        List.<Class<? extends Throwable>[]>of(failureOf(failure)),
                        dispatched::incrementAndGet);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the array type that Axon asks for
    private static Class<? extends Throwable>[] failureOf(RuntimeException failure) {
        return new Class[] {failure.getClass()};
    }
}
