package holdfast.catalogue;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Statements that wait for the end of the transaction and then go to PostgreSQL together: one round
 * trip for all of them, in the order in which they were added.
 *
 * <p>Nothing written so can be read in the same transaction, and a failure comes with the commit.
 * What is written so was checked before; if the database refuses it nevertheless, another
 * transaction came in between.
 */
@Component
public class WritesAtCommit {

    /** SQLSTATE of a unique key, and of an exclusion constraint, that refused a row. */
    private static final Set<String> TAKEN = Set.of("23505", "23P01");

    private final JdbcTemplate jdbc;

    public WritesAtCommit(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** An array of PostgreSQL as a parameter, of one of its own types. */
    public record ArrayOf(String type, @Nullable Object[] elements) {}

    /** Adds a statement, whatever number of rows it changes; it may also be one that only locks. */
    public void add(String sql, @Nullable Object... parameters) {
        addChanging(0, sql, parameters);
    }

    /**
     * Adds a statement that makes no sense unless it changes at least so many rows; if it does not,
     * the transaction fails with {@link LostRace}.
     */
    public void addChanging(int leastRows, String sql, @Nullable Object... parameters) {
        waiting().writes.add(new Write(sql, leastRows, parameters));
    }

    private Waiting waiting() {
        for (var each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof Waiting waiting && waiting.of == this) {
                return waiting;
            }
        }
        var waiting = new Waiting(this);
        TransactionSynchronizationManager.registerSynchronization(waiting);
        return waiting;
    }

    private void write(List<Write> writes) {
        var sql = new StringBuilder();
        for (var write : writes) {
            sql.append(sql.isEmpty() ? "" : ";\n").append(write.sql());
        }
        jdbc.execute(
                sql.toString(),
                (PreparedStatement statement) -> {
                    set(statement, writes);
                    send(statement, writes);
                    return null;
                });
    }

    private static void set(PreparedStatement statement, List<Write> writes) throws SQLException {
        int position = 1;
        for (var write : writes) {
            for (var parameter : write.parameters()) {
                if (parameter instanceof ArrayOf(var type, var elements)) {
                    var array = statement.getConnection().createArrayOf(type, elements);
                    statement.setArray(position++, array);
                } else {
                    statement.setObject(position++, parameter);
                }
            }
        }
    }

    private static void send(PreparedStatement statement, List<Write> writes) throws SQLException {
        try {
            statement.execute();
        } catch (SQLException refused) {
            if (refused.getSQLState() != null && TAKEN.contains(refused.getSQLState())) {
                throw new LostRace("Somebody else wrote it first", refused);
            }
            throw refused;
        }
        for (var write : writes) {
            if (write.leastRows() > 0 && statement.getUpdateCount() < write.leastRows()) {
                throw new LostRace("What was to be changed has changed meanwhile");
            }
            statement.getMoreResults();
        }
    }

    private record Write(String sql, int leastRows, @Nullable Object[] parameters) {}

    /** What one transaction has to write yet. */
    private static final class Waiting implements TransactionSynchronization {

        private final WritesAtCommit of;
        private final List<Write> writes = new ArrayList<>();

        Waiting(WritesAtCommit of) {
            this.of = of;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            of.write(writes);
        }
    }
}
