package holdfast.benchmark;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rows that one call leaves in the database, as statements that leave such rows again: found by
 * comparing all tables before and after, so that it stays true when the schema changes.
 */
record Footprint(List<Write> writes) {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    // written by the readers of the log, now and then, and by the migration, not by calls
    private static final Set<String> NOT_BY_CALLS =
            Set.of(
                    "branch_zone",
                    "catalogue_change",
                    "claim_history",
                    "flyway_schema_history",
                    "follower",
                    "log_mark",
                    "offered_minutes",
                    "offered_until",
                    "reservation_fact",
                    "seal_head",
                    "seal_key",
                    "seal_leaf",
                    "seal_node",
                    "seal_tree",
                    "tenant_event",
                    "token_entry",
                    "token_key",
                    "unmet_demand");

    /** A statement for one row of one table, with the values that the application wrote. */
    record Write(String sql, List<Value> values, int bytes) {}

    /**
     * @param text as PostgreSQL writes it
     * @param ofKey whether the row is known by it, so that each time needs another one
     */
    private record Value(@Nullable String text, boolean bytes, boolean ofKey) {}

    private record Column(String name, String type, boolean key, boolean filledItself) {}

    private record Table(String name, List<Column> columns) {

        String keyOf(Map<String, String> row) {
            return columns.stream()
                    .filter(Column::key)
                    .map(column -> String.valueOf(row.get(column.name())))
                    .collect(Collectors.joining("|"));
        }
    }

    /** All rows of all tables, by table and key; what is null is absent. For small databases. */
    record Picture(Map<Table, Map<String, Map<String, String>>> rows) {

        static Picture of(Connection connection) throws SQLException {
            var all = new LinkedHashMap<Table, Map<String, Map<String, String>>>();
            for (var table : tables(connection)) {
                var rows = new LinkedHashMap<String, Map<String, String>>();
                var columns =
                        table.columns().stream()
                                .map(column -> column.name() + "::text")
                                .collect(Collectors.joining(", "));
                try (var statement = connection.createStatement();
                        var found =
                                statement.executeQuery(
                                        "select " + columns + " from " + table.name())) {
                    while (found.next()) {
                        var row = new HashMap<String, String>();
                        for (int i = 0; i < table.columns().size(); i++) {
                            var text = found.getString(i + 1);
                            if (text != null) {
                                row.put(table.columns().get(i).name(), text);
                            }
                        }
                        rows.put(table.keyOf(row), row);
                    }
                }
                all.put(table, rows);
            }
            return new Picture(all);
        }
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        var tables = new LinkedHashMap<String, List<Column>>();
        try (var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                """
                                select c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                                       coalesce(a.attnum = any (i.indkey), false), a.attidentity <> ''
                                from pg_class c
                                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                                left join pg_index i on i.indrelid = c.oid and i.indisprimary
                                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                                order by c.relname, a.attnum
                                """)) {
            while (found.next()) {
                if (!NOT_BY_CALLS.contains(found.getString(1))) {
                    tables.computeIfAbsent(found.getString(1), _ -> new ArrayList<>())
                            .add(
                                    new Column(
                                            found.getString(2),
                                            found.getString(3),
                                            found.getBoolean(4),
                                            found.getBoolean(5)));
                }
            }
        }
        return tables.entrySet().stream()
                .map(table -> new Table(table.getKey(), table.getValue()))
                .toList();
    }

    static Footprint between(Picture before, Picture after) {
        var writes = new ArrayList<Write>();
        after.rows()
                .forEach(
                        (table, rows) -> {
                            var old = Objects.requireNonNull(before.rows().get(table));
                            rows.forEach(
                                    (key, row) -> {
                                        var was = old.get(key);
                                        if (was == null) {
                                            writes.add(insert(table, row));
                                        } else if (!was.equals(row)) {
                                            writes.add(update(table, was, row));
                                        }
                                    });
                            old.forEach(
                                    (key, row) -> {
                                        if (!rows.containsKey(key)) {
                                            writes.add(delete(table, row));
                                        }
                                    });
                        });
        return new Footprint(writes);
    }

    private static Write insert(Table table, Map<String, String> row) {
        var columns = table.columns().stream().filter(c -> !c.filledItself()).toList();
        return write(
                "insert into %s (%s) values (%s)"
                        .formatted(
                                table.name(),
                                columns.stream()
                                        .map(Column::name)
                                        .collect(Collectors.joining(", ")),
                                columns.stream().map(_ -> "?").collect(Collectors.joining(", "))),
                columns,
                row);
    }

    private static Write update(Table table, Map<String, String> was, Map<String, String> row) {
        var changed =
                table.columns().stream()
                        .filter(c -> !Objects.equals(was.get(c.name()), row.get(c.name())))
                        .toList();
        var columns = new ArrayList<>(changed);
        table.columns().stream().filter(Column::key).forEach(columns::add);
        return write(
                "update %s set %s where %s"
                        .formatted(
                                table.name(),
                                changed.stream()
                                        .map(c -> c.name() + " = ?")
                                        .collect(Collectors.joining(", ")),
                                byKey(table)),
                columns,
                row);
    }

    private static Write delete(Table table, Map<String, String> row) {
        return write(
                "delete from %s where %s".formatted(table.name(), byKey(table)),
                table.columns().stream().filter(Column::key).toList(),
                row);
    }

    private static String byKey(Table table) {
        return table.columns().stream()
                .filter(Column::key)
                .map(c -> c.name() + " = ?")
                .collect(Collectors.joining(" and "));
    }

    private static Write write(String sql, List<Column> columns, Map<String, String> row) {
        var values =
                columns.stream()
                        .map(
                                c ->
                                        new Value(
                                                row.get(c.name()),
                                                c.type().equals("bytea"),
                                                c.key() && isText(c) || isUuid(row.get(c.name()))))
                        .toList();
        int bytes =
                values.stream()
                        .mapToInt(
                                value ->
                                        value.text() == null
                                                ? 0
                                                : value.text().length() / (value.bytes() ? 2 : 1))
                        .sum();
        return new Write(sql, values, bytes);
    }

    private static boolean isText(Column column) {
        return Set.of("text", "uuid").contains(column.type());
    }

    private static boolean isUuid(@Nullable String text) {
        return text != null && UUID_TEXT.matcher(text).matches();
    }

    /** The statements with their sizes, for people. */
    List<String> described() {
        return writes.stream().map(write -> write.sql() + ": " + write.bytes() + " bytes").toList();
    }

    /** Writes such rows in one transaction, table by table, with the keys of another cycle. */
    void again(Connection connection, Keys keys) throws SQLException {
        for (var write : writes) {
            try (var statement = connection.prepareStatement(write.sql())) {
                for (int i = 0; i < write.values().size(); i++) {
                    set(statement, i + 1, write.values().get(i), keys);
                }
                statement.addBatch();
                if (statement.executeBatch()[0] != 1) {
                    throw new IllegalStateException("No such row: " + write.sql());
                }
            }
        }
        connection.commit();
    }

    private static void set(PreparedStatement statement, int index, Value value, Keys keys)
            throws SQLException {
        var text = value.text();
        if (text == null) {
            statement.setObject(index, null);
        } else if (value.bytes()) {
            statement.setBytes(index, HexFormat.of().parseHex(text, 2, text.length()));
        } else {
            statement.setString(index, value.ofKey() ? keys.of(text) : text);
        }
    }

    /**
     * Other keys for the same rows: each text is replaced by one of its length, always the same.
     */
    static final class Keys {

        private final Map<String, String> others = new HashMap<>();

        String of(String text) {
            return others.computeIfAbsent(text, Keys::another);
        }

        private static String another(String text) {
            var id = Uuids.timeOrdered(System.currentTimeMillis()).toString();
            // an id's end is chance, its beginning is the time
            var many = id.repeat(1 + text.length() / id.length());
            return isUuid(text) ? id : many.substring(many.length() - text.length());
        }
    }
}
