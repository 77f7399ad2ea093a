package holdfast.followers;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Writes rows into a log, as a transaction of the application would. */
final class LogRows {

    private LogRows() {}

    /** Returns the number that the event took. */
    static long append(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        """
                        insert into domain_event_entry (
                            event_identifier, aggregate_identifier, sequence_number, type,
                            time_stamp, payload_type, payload_revision, payload, meta_data)
                        values (?, ?, 0, 'Trial', now(), 'trial.Said', '1', '{}', '{}')
                        returning global_index
                        """)) {
            statement.setString(1, UUID.randomUUID().toString());
            statement.setString(2, UUID.randomUUID().toString());
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
