package holdfast.projections;

import holdfast.followers.TableFollower;

import org.springframework.jdbc.core.JdbcTemplate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A follower's tables in a schema of their own, and how they are compared with the living ones. The
 * living tables are never exchanged, so views, rights and readers stay with them: rows that are not
 * as the log says are replaced.
 */
final class TablesBeside {

    private static final String LIVING = "public";

    private final JdbcTemplate sql;
    private final String schema;
    private final List<String> tables;

    TablesBeside(JdbcTemplate sql, TableFollower follower) {
        this.sql = sql;
        this.schema = "replay_" + follower.name().replace('-', '_');
        this.tables = follower.tables();
    }

    /** Empty, with the columns and keys of the living ones. */
    void create() {
        drop();
        sql.execute("create schema " + schema);
        for (var table : tables) {
            sql.execute(
                    "create table %1$s.%2$s (like %3$s.%2$s including all)"
                            .formatted(schema, table, LIVING));
        }
    }

    void drop() {
        sql.execute("drop schema if exists " + schema + " cascade");
    }

    /** Whoever names these tables without a schema means these, until the transaction ends. */
    void comeFirst() {
        sql.execute("set local search_path = %s, %s".formatted(schema, LIVING));
    }

    /** Comparing large tables takes longer than a request may. */
    void takeTime() {
        sql.execute("set local statement_timeout = 0");
        sql.execute("set local idle_in_transaction_session_timeout = 0");
    }

    /** How many rows only the living ones or only the new ones have. */
    long differences() {
        long differences = 0;
        for (var table : tables) {
            Long ofTable =
                    sql.queryForObject(
                            """
                            select count(*) from (
                                (table %1$s.%3$s except table %2$s.%3$s)
                                union all (table %2$s.%3$s except table %1$s.%3$s)) different
                            """
                                    .formatted(LIVING, schema, table),
                            Long.class);
            differences += ofTable == null ? 0 : ofTable;
        }
        return differences;
    }

    /** Makes the living ones say what the new ones say. */
    void mend() {
        for (var table : tables) {
            var key = key(table);
            sql.execute(
                    """
                    delete from %1$s.%3$s living
                    using (table %1$s.%3$s except table %2$s.%3$s) wrong where %4$s
                    """
                            .formatted(LIVING, schema, table, same(key, "living", "wrong")));
            sql.execute(
                    """
                    insert into %1$s.%3$s overriding system value
                    select * from %2$s.%3$s right_one
                    where not exists (select from %1$s.%3$s living where %4$s)
                    """
                            .formatted(LIVING, schema, table, same(key, "living", "right_one")));
        }
    }

    private static String same(List<String> key, String one, String other) {
        return key.stream()
                .map(column -> "%1$s.%3$s = %2$s.%3$s".formatted(one, other, column))
                .collect(Collectors.joining(" and "));
    }

    private List<String> key(String table) {
        var key =
                sql.query(
                        """
                        select quote_ident(attname) from pg_index
                        join pg_attribute on attrelid = indrelid and attnum = any (indkey)
                        where indrelid = ?::regclass and indisprimary
                        """,
                        (row, _) -> row.getString(1),
                        LIVING + "." + table);
        if (key.isEmpty()) {
            throw new IllegalStateException("The table " + table + " has no primary key.");
        }
        return key;
    }
}
