package holdfast.reservation.rebuild;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/**
 * Rows in an order, read through a cursor of the server, with a look at the next one.
 *
 * <p>The connection must not commit by itself.
 */
final class Cursor<T> implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 2_000;

    /** Makes something of the row at which the result stands. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final Reader<T> reader;
    private @Nullable T next;

    Cursor(Connection connection, String sql, Reader<T> reader, Object... parameters)
            throws SQLException {
        this.reader = reader;
        this.statement = connection.prepareStatement(sql);
        statement.setFetchSize(ROWS_AT_ONCE);
        // binary from the first run on: half the bytes, and nothing to parse
        statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
        for (int n = 0; n < parameters.length; n++) {
            statement.setObject(n + 1, parameters[n]);
        }
        this.rows = statement.executeQuery();
        advance();
    }

    private void advance() throws SQLException {
        next = rows.next() ? reader.read(rows) : null;
    }

    /** The next one; null at the end. */
    @Nullable T peek() {
        return next;
    }

    /** Takes the next one, which must be there. */
    T take() throws SQLException {
        var taken = next;
        if (taken == null) {
            throw new IllegalStateException("Nothing is left");
        }
        advance();
        return taken;
    }

    /** A {@code timestamptz} in microseconds of the epoch. */
    static long micros(ResultSet row, int column) throws SQLException {
        return Micros.of(row.getObject(column, OffsetDateTime.class).toInstant());
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
