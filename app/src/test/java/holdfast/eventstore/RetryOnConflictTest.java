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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class RetryOnConflictTest {

    private record No() implements Refusal {}

    private final AtomicInteger dispatched = new AtomicInteger();

    @Test
    void a_lost_race_for_a_stream_is_repeated() {
        assertThat(isRepeated(new LostRace("lost"), 1)).isTrue();
        assertThat(isRepeated(new ConcurrencyException("lost"), 1)).isTrue();
        assertThat(isRepeated(new IllegalStateException(new ConcurrencyException("lost")), 1))
                .isTrue();
        assertThat(dispatched).hasValue(3);
    }

    @Test
    void the_victim_of_a_deadlock_is_repeated() {
        assertThat(isRepeated(new CannotAcquireLockException("", new SQLException("", "40P01")), 1))
                .isTrue();
        assertThat(isRepeated(new CannotAcquireLockException("", new SQLException("", "40001")), 1))
                .isTrue();
    }

    @Test
    void a_refusal_is_an_answer_and_not_repeated() {
        assertThat(isRepeated(new Refused(new No()), 1)).isFalse();
        assertThat(isRepeated(new DuplicateKeyException("", new SQLException("", "23505")), 1))
                .isFalse();
        assertThat(dispatched).hasValue(0);
    }

    @Test
    void after_five_tries_it_is_enough() {
        assertThat(isRepeated(new ConcurrencyException("lost"), 4)).isTrue();
        assertThat(isRepeated(new ConcurrencyException("lost"), 5)).isFalse();
    }

    private boolean isRepeated(RuntimeException failure, int failedTries) {
        return new RetryOnConflict()
                .scheduleRetry(
                        new GenericCommandMessage<>("command"),
                        failure,
                        List.copyOf(Collections.nCopies(failedTries, failureOf(failure))),
                        dispatched::incrementAndGet);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the array type that Axon asks for
    private static Class<? extends Throwable>[] failureOf(RuntimeException failure) {
        return new Class[] {failure.getClass()};
    }
}
