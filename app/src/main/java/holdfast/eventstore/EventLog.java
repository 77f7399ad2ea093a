package holdfast.eventstore;

import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/**
 * The events in PostgreSQL: Axon's engine on the table of {@code V1__event_store.sql}.
 *
 * <p>There are no snapshots, since no stream grows long, so loading an aggregate is one statement.
 * Instants are kept to the microsecond.
 */
final class EventLog extends JdbcEventStorageEngine {

    /** How many events are read at once; a stream shorter than this is read by one statement. */
    static final int BATCH = 500;

    static final EventSchema SCHEMA =
            EventSchema.builder()
                    .eventTable("domain_event_entry")
                    .globalIndexColumn("global_index")
                    .eventIdentifierColumn("event_identifier")
                    .aggregateIdentifierColumn("aggregate_identifier")
                    .sequenceNumberColumn("sequence_number")
                    .typeColumn("type")
                    .timestampColumn("time_stamp")
                    .payloadTypeColumn("payload_type")
                    .payloadRevisionColumn("payload_revision")
                    .payloadColumn("payload")
                    .metaDataColumn("meta_data")
                    .build();

    EventLog(JdbcEventStorageEngine.Builder builder) {
        super(
                builder.schema(SCHEMA)
                        .batchSize(BATCH)
                        .finalAggregateBatchPredicate(batch -> batch.size() < BATCH)
                        .createTokenAt(EventLog::firstSince)
                        .readEventDataWithGaps(EventLog::afterOrIn));
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
        return Stream.empty();
    }

    @Override
    protected Object readTimeStamp(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }

    @Override
    protected void writeTimestamp(PreparedStatement statement, int position, Instant instant)
            throws SQLException {
        statement.setObject(position, instant.atOffset(ZoneOffset.UTC));
    }

    private static PreparedStatement firstSince(
            Connection connection, EventSchema schema, Instant instant) throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(
                        "select min(global_index) - 1 from domain_event_entry where time_stamp >="
                                + " ?");
        statement.setObject(1, instant.atOffset(ZoneOffset.UTC));
        return statement;
    }

    /** One text for any number of gaps, so that the server plans it once. */
    private static PreparedStatement afterOrIn(
            Connection connection, EventSchema schema, long index, int batchSize, List<Long> gaps)
            throws SQLException {
        PreparedStatement statement =
                connection.prepareStatement(
                        """
                        select %s from domain_event_entry
                        where (global_index > ? and global_index <= ?) or global_index = any (?)
                        order by global_index
                        """
                                .formatted(schema.trackedEventFields()));
        statement.setLong(1, index);
        statement.setLong(2, index + batchSize);
        statement.setArray(3, connection.createArrayOf("bigint", gaps.toArray()));
        return statement;
    }
}
