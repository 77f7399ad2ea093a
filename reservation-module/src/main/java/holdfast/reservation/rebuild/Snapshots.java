package holdfast.reservation.rebuild;

import java.sql.Connection;
import java.sql.SQLException;

/** Transactions that see one moment of the log and of the tables made from it. */
final class Snapshots {

    private Snapshots() {}

    /** Begins one on the connection, which stays in it until it commits or rolls back. */
    static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.rollback();
        try (var statement = connection.createStatement()) {
            // Locks before the first look: or a rebuild could put other tables in the place of
            // these after the moment that is seen and before they are read.
            statement.execute(
                    """
                    set transaction isolation level repeatable read read only;
                    set local statement_timeout = 0;
                    set local idle_in_transaction_session_timeout = 0;
                    lock table domain_event_entry, reservation, claim in access share mode\
                    """);
        }
    }
}
