package holdfast.followers;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.TestDatabase;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class ReadingASettledLogTest {

    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void an_event_that_is_still_on_its_way_is_not_passed() throws SQLException {
        try (var slow = transaction();
                var fast = transaction();
                var reader = database.dataSource().getConnection()) {
            long first = LogRows.append(fast);
            fast.commit();
            long onItsWay = LogRows.append(slow);
            long later = LogRows.append(fast);
            fast.commit();

            assertThat(positions(SettledLog.after(reader, 0, 100))).containsExactly(first);

            slow.commit();
            assertThat(positions(SettledLog.after(reader, first, 100)))
                    .containsExactly(onItsWay, later);
        }
    }

    @Test
    void a_number_that_was_rolled_back_is_passed() throws SQLException {
        try (var failing = transaction();
                var other = transaction();
                var reader = database.dataSource().getConnection()) {
            LogRows.append(failing);
            long later = LogRows.append(other);
            failing.rollback();
            other.commit();

            assertThat(positions(SettledLog.after(reader, 0, 100))).containsExactly(later);
        }
    }

    @Test
    void whatever_many_writers_do_each_event_is_read_once_and_in_order() throws Exception {
        var committed = new ConcurrentSkipListSet<Long>();
        var writing = new AtomicInteger(4);
        var read = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var reader = database.dataSource().getConnection()) {
            var writers =
                    IntStream.range(0, writing.get())
                            .mapToObj(n -> threads.submit(write(new Random(n), committed, writing)))
                            .toList();
            boolean more = true;
            while (more) {
                boolean last = writing.get() == 0;
                var next = SettledLog.after(reader, read.isEmpty() ? 0 : read.getLast(), 20);
                read.addAll(positions(next));
                more = !last || !next.isEmpty();
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(read).containsExactlyElementsOf(committed);
    }

    private Callable<Void> write(
            Random random, ConcurrentSkipListSet<Long> committed, AtomicInteger writing) {
        return () -> {
            try (var connection = transaction()) {
                for (int n = 0; n < 150; n++) {
                    var taken = new ArrayList<Long>();
                    for (int events = 1 + random.nextInt(3); events > 0; events--) {
                        taken.add(LogRows.append(connection));
                    }
                    if (random.nextInt(4) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                        committed.addAll(taken);
                    }
                }
            } finally {
                writing.decrementAndGet();
            }
            return null;
        };
    }

    private static List<Long> positions(List<LoggedEvent> events) {
        return events.stream().map(LoggedEvent::position).toList();
    }

    private Connection transaction() throws SQLException {
        var connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }
}
