package holdfast.followers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.eventstore.CommitNews;
import holdfast.testing.TestDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

class FollowingTheLogTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.fresh();
    private final DataSource source = database.dataSource();
    private final JdbcTemplate sql = new JdbcTemplate(source);
    private final AtomicBoolean broken = new AtomicBoolean();

    /** Notes each event in a table; a second note of the same event is refused by its key. */
    private TableFollower notes(String name, String table) {
        return new TableFollower() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<String> tables() {
                return List.of(table);
            }

            @Override
            public void follow(List<LoggedEvent> events) {
                for (var event : events) {
                    sql.update("insert into " + table + " values (?)", event.position());
                }
                if (broken.get() && name.equals("notes")) {
                    throw new IllegalStateException("The pen is broken");
                }
            }
        };
    }

    private final FollowedTables node = node(notes("notes", "note"));
    private final FollowedTables otherNode = node(notes("notes", "note"));

    private FollowedTables node(TableFollower... followers) {
        return new FollowedTables(
                List.of(followers),
                new DataSourceTransactionManager(source),
                sql,
                new CommitNews(),
                Duration.ofMillis(20));
    }

    @BeforeEach
    void begin() {
        sql.execute("create table note (position bigint primary key)");
        node.start();
        otherNode.start();
    }

    @AfterEach
    void stop() {
        node.stop();
        otherNode.stop();
    }

    @Test
    void each_event_is_brought_once_by_some_node() throws SQLException {
        append(2_500);

        await().atMost(SOON).until(() -> node.position("notes") == node.newest());
        assertThat(notedAreAll()).isTrue();
    }

    @Test
    void whoever_catches_up_misses_nothing_that_was_committed_before() throws Exception {
        Callable<Boolean> booking =
                () -> {
                    for (int n = 0; n < 20; n++) {
                        long position = append(3);
                        if (otherNode.catchUp("notes") < position
                                || sql.queryForList(
                                                "select 1 from note where position = ?",
                                                Integer.class,
                                                position)
                                        .isEmpty()) {
                            return false;
                        }
                    }
                    return true;
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var booked : threads.invokeAll(List.of(booking, booking, booking))) {
                assertThat(booked.get()).isTrue();
            }
        }
        assertThat(notedAreAll()).isTrue();
    }

    @Test
    void a_follower_that_fails_leaves_nothing_says_why_and_goes_on_later() throws SQLException {
        broken.set(true);
        append(3);

        await().atMost(SOON).until(() -> node.failure("notes") != null);
        assertThat(node.failure("notes")).isEqualTo("The pen is broken");
        assertThat(node.position("notes")).isZero();
        assertThat(sql.queryForObject("select count(*) from note", Long.class)).isZero();

        broken.set(false);
        await().atMost(SOON).until(() -> node.position("notes") == node.newest());
        assertThat(notedAreAll()).isTrue();
        await().atMost(SOON).until(() -> node.failure("notes") == null);
    }

    @Test
    void a_follower_that_fails_holds_up_no_other() throws SQLException {
        sql.execute("create table another_note (position bigint primary key)");
        broken.set(true);
        var both = node(notes("notes", "note"), notes("other-notes", "another_note"));
        both.start();
        try {
            for (int n = 0; n < 2; n++) { // before the failure is known, and after
                append(1_200);
                await().atMost(SOON).until(() -> both.position("other-notes") == both.newest());
                await().atMost(SOON).until(() -> both.failure("notes") != null);
            }
            assertThat(notedAreAll("another_note")).isTrue();
            assertThat(both.failure("other-notes")).isNull();

            broken.set(false); // the one is far behind the other now
            await().atMost(SOON).until(() -> both.position("notes") == both.newest());
            assertThat(notedAreAll()).isTrue();
        } finally {
            both.stop();
        }
    }

    @Test
    void a_new_name_is_filled_from_the_first_event_on() throws SQLException {
        append(1_500);
        node.catchUp("notes");
        sql.execute("create table another_note (position bigint primary key)");

        var later = node(notes("notes", "note"), notes("other-notes", "another_note"));
        later.start();
        try {
            later.catchUp("other-notes");
            assertThat(notedAreAll("another_note")).isTrue();
        } finally {
            later.stop();
        }
    }

    private boolean notedAreAll() {
        return notedAreAll("note");
    }

    private boolean notedAreAll(String table) {
        return Boolean.TRUE.equals(
                sql.queryForObject(
                        """
                        select array(select position from %s order by 1)
                             = array(select global_index from domain_event_entry order by 1)
                        """
                                .formatted(table),
                        Boolean.class));
    }

    private long append(int events) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            long last = 0;
            for (int n = 0; n < events; n++) {
                last = LogRows.append(connection);
            }
            connection.commit();
            return last;
        }
    }
}
