package holdfast.projections;

import holdfast.projections.Replay.State;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The table {@code projection_replay}: one row per projection, of its last replay. */
@Component
class ReplayTable {

    private final JdbcTemplate sql;

    ReplayTable(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * @return false if one is running already
     */
    boolean begin(String name, long goal) {
        return sql.update(
                        """
                        insert into projection_replay (name, state, goal) values (?, 'RUNNING', ?)
                        on conflict (name) do update set
                            state = 'RUNNING', position = 0, goal = excluded.goal,
                            started_at = now(), moved_at = now(), ended_at = null,
                            differences = null, failure = null
                        where projection_replay.state <> 'RUNNING'
                        """,
                        name,
                        goal)
                > 0;
    }

    Optional<Replay> find(String name) {
        return sql
                .query("select * from projection_replay where name = ?", ReplayTable::replay, name)
                .stream()
                .findFirst();
    }

    List<String> running() {
        return sql.query(
                "select name from projection_replay where state = 'RUNNING' order by started_at",
                (row, _) -> row.getString(1));
    }

    /**
     * The position of a running replay, whose row nobody else has until the transaction ends; null
     * if another node is at it, or it does not run.
     */
    @Nullable Long lock(String name) {
        return sql
                .queryForList(
                        """
                        select position from projection_replay where name = ? and state = 'RUNNING'
                        for update skip locked
                        """,
                        Long.class,
                        name)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * @return false if it does not run any more
     */
    boolean moved(String name, long position, @Nullable Long goal) {
        return sql.update(
                        """
                        update projection_replay
                        set position = ?, goal = coalesce(?::bigint, goal), moved_at = now()
                        where name = ? and state = 'RUNNING'
                        """,
                        position,
                        goal,
                        name)
                > 0;
    }

    /**
     * @return false if it did not run any more
     */
    boolean end(String name, State state, @Nullable Long differences, @Nullable String failure) {
        return sql.update(
                        """
                        update projection_replay
                        set state = ?, differences = ?::bigint, failure = ?,
                            moved_at = clock_timestamp(), ended_at = clock_timestamp()
                        where name = ? and state = 'RUNNING'
                        """,
                        state.name(),
                        differences,
                        failure,
                        name)
                > 0;
    }

    private static Replay replay(ResultSet row, int number) throws SQLException {
        var state = State.valueOf(row.getString("state"));
        long position = row.getLong("position");
        long goal = row.getLong("goal");
        var started = instant(row, "started_at");
        var moved = instant(row, "moved_at");
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        long millis = Duration.between(started, moved).toMillis();
        long rate = millis <= 0 ? 0 : position * 1_000 / millis;
        return new Replay(
                row.getString("name"),
                state,
                position,
                goal,
                rate,
                state == State.RUNNING && rate > 0 ? Math.max(0, goal - position) / rate : null,
                started,
                ended == null ? null : ended.toInstant(),
                row.getObject("differences", Long.class),
                row.getString("failure"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
