package holdfast.postgres;

import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.DefaultTransactionStatus;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/**
 * A commit that tells the truth.
 *
 * <p>After a failed statement PostgreSQL answers {@code COMMIT} with a rollback, and the driver
 * returns as if all were well: whoever swallowed that statement's exception would be told that the
 * work is stored. Here such a commit fails. The driver knows the state from the last answer, so
 * asking it costs no round trip.
 */
final class HonestTransactions extends JdbcTransactionManager {

    HonestTransactions(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        if (isAborted()) {
            doRollback(status);
            throw new UnexpectedRollbackException(
                    "A statement of this transaction had failed, so nothing of it was stored");
        }
        super.doCommit(status);
    }

    private boolean isAborted() {
        DataSource dataSource = obtainDataSource();
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return connection.unwrap(BaseConnection.class).getTransactionState()
                    == TransactionState.FAILED;
        } catch (SQLException e) {
            throw new TransactionSystemException("The transaction's state is not known", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
