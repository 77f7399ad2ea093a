package holdfast.eventstore;

import holdfast.catalogue.WritesAtCommit;
import holdfast.catalogue.WritesAtCommit.ArrayOf;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;

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

    // numbered in the order in which they happened
    private static final String APPEND =
            """
            insert into domain_event_entry (
                event_identifier, aggregate_identifier, sequence_number, type, time_stamp,
                payload_type, payload_revision, payload, meta_data)
            select id, stream, sequence, type, time, name, revision, payload, origin
            from unnest(
                    ?::text[], ?::text[], ?::bigint[], ?::text[], ?::timestamptz[],
                    ?::text[], ?::text[], ?::bytea[], ?::bytea[])
                with ordinality
                as e (id, stream, sequence, type, time, name, revision, payload, origin, n)
            order by n\
            """;

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

    private final WritesAtCommit writes;
    private final TransactionManager transactions;

    EventLog(
            JdbcEventStorageEngine.Builder builder,
            WritesAtCommit writes,
            TransactionManager transactions) {
        super(
                builder.schema(SCHEMA)
                        .batchSize(BATCH)
                        .finalAggregateBatchPredicate(batch -> batch.size() < BATCH)
                        .createTokenAt(EventLog::firstSince)
                        .readEventDataWithGaps(EventLog::afterOrIn));
        this.writes = writes;
        this.transactions = transactions;
    }

    /** Any number of events by one statement, which goes out with the rest of the transaction. */
    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        var rows = new Object[9][events.size()];
        rows[7] = new byte[events.size()][];
        rows[8] = new byte[events.size()][];
        for (int i = 0; i < events.size(); i++) {
            var event = EventUtils.asDomainEventMessage(events.get(i));
            var payload = event.serializePayload(serializer, byte[].class);
            rows[0][i] = event.getIdentifier();
            rows[1][i] = event.getAggregateIdentifier();
            rows[2][i] = event.getSequenceNumber();
            rows[3][i] = event.getType();
            rows[4][i] = event.getTimestamp().atOffset(ZoneOffset.UTC);
            rows[5][i] = payload.getType().getName();
            rows[6][i] = payload.getType().getRevision();
            rows[7][i] = payload.getData();
            rows[8][i] = event.serializeMetaData(serializer, byte[].class).getData();
        }
        transactions.executeInTransaction(
                () ->
                        writes.add(
                                APPEND,
                                new ArrayOf("text", rows[0]),
                                new ArrayOf("text", rows[1]),
                                new ArrayOf("bigint", rows[2]),
                                new ArrayOf("text", rows[3]),
                                new ArrayOf("timestamptz", rows[4]),
                                new ArrayOf("text", rows[5]),
                                new ArrayOf("text", rows[6]),
                                new ArrayOf("bytea", rows[7]),
                                new ArrayOf("bytea", rows[8])));
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
