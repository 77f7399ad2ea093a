package holdfast.reservation.rebuild;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that is made to take the place of another one: the same columns, constraints, indexes,
 * settings, comments and rights, whatever the migrations have made of them, under names of its own
 * until it does.
 */
record NewTable(String of) {

    private static final String SUFFIX = "_rebuilt";

    private static final String INDEXES =
            """
            select ci.relname,
                   case when co.oid is not null
                        then format('alter table %I add constraint %I %s', ?, ci.relname || ?,
                                    pg_get_constraintdef(co.oid))
                        else regexp_replace(pg_get_indexdef(i.indexrelid),
                                            '^CREATE (UNIQUE )?INDEX .*? ON .*? USING ',
                                            format('CREATE \\1INDEX %I ON %I USING ',
                                                   ci.relname || ?, ?))
                   end,
                   co.oid is not null
            from pg_index i
            join pg_class ci on ci.oid = i.indexrelid
            left join pg_constraint co
                on co.conindid = i.indexrelid and co.conrelid = i.indrelid
                   and co.contype in ('p', 'u', 'x')
            where i.indrelid = ?::regclass
            order by not i.indisprimary, ci.relname
            """;

    private static final String SETTINGS =
            """
            select format('alter table %I set (%s)', ?, array_to_string(reloptions, ', '))
            from pg_class where oid = ?::regclass and reloptions is not null
            union all
            select format('comment on table %I is %L', ?, obj_description(?::regclass, 'pg_class'))
            union all
            select format('grant %s on %I to %s%s', privilege_type, ?,
                          case grantee when 0 then 'public' else grantee::regrole::text end,
                          case when is_grantable then ' with grant option' else '' end)
            from pg_class, aclexplode(relacl)
            where pg_class.oid = ?::regclass and grantee <> relowner
            """;

    private record Index(String name, String create, boolean isConstraint) {}

    /** Its name until it takes the other one's place. */
    String name() {
        return of + SUFFIX;
    }

    /** Removes what a rebuild that was cut off has left. */
    void drop(Connection connection) throws SQLException {
        run(connection, "drop table if exists " + name());
    }

    /** Without its indexes, which are made faster when the rows are there. */
    void create(Connection connection) throws SQLException {
        run(
                connection,
                "create table %s (like %s including all excluding indexes)".formatted(name(), of));
        for (var setting : texts(connection, SETTINGS, name(), of, name(), of, name(), of)) {
            run(connection, setting);
        }
    }

    void createIndexes(Connection connection) throws SQLException {
        for (var index : indexes(connection, of)) {
            run(connection, index.create());
        }
    }

    /** Takes the other one's place, whose exclusive lock the transaction must have. */
    void replace(Connection connection) throws SQLException {
        var indexes = indexes(connection, of);
        run(connection, "drop table " + of);
        run(connection, "alter table %s rename to %s".formatted(name(), of));
        for (var index : indexes) {
            var how =
                    index.isConstraint()
                            ? "alter table %s rename constraint \"%s%s\" to \"%s\""
                                    .formatted(of, index.name(), SUFFIX, index.name())
                            : "alter index \"%s%s\" rename to \"%s\""
                                    .formatted(index.name(), SUFFIX, index.name());
            run(connection, how);
        }
    }

    private List<Index> indexes(Connection connection, String table) throws SQLException {
        try (var statement = prepared(connection, INDEXES, name(), SUFFIX, SUFFIX, name(), table)) {
            var indexes = new ArrayList<Index>();
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    indexes.add(
                            new Index(found.getString(1), found.getString(2), found.getBoolean(3)));
                }
            }
            return indexes;
        }
    }

    private static List<String> texts(Connection connection, String query, String... parameters)
            throws SQLException {
        try (var statement = prepared(connection, query, parameters);
                ResultSet found = statement.executeQuery()) {
            var texts = new ArrayList<String>();
            while (found.next()) {
                texts.add(found.getString(1));
            }
            return texts;
        }
    }

    private static PreparedStatement prepared(
            Connection connection, String query, String... parameters) throws SQLException {
        var statement = connection.prepareStatement(query);
        for (int n = 0; n < parameters.length; n++) {
            statement.setString(n + 1, parameters[n]);
        }
        return statement;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
