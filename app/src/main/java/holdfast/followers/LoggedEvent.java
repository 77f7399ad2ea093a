package holdfast.followers;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * One event as it stands in the log.
 *
 * @param position its number in the log, from 1; numbers may be missing
 * @param id of the event; unique
 * @param stream such as a reservation's id
 * @param sequence its number in its stream, from 0, without gaps
 * @param kind of the stream, such as {@code Reservation}
 * @param name the stored name
 * @param payload JSON
 * @param metadata JSON
 */
public record LoggedEvent(
        long position,
        String id,
        String stream,
        long sequence,
        @Nullable String kind,
        String name,
        @Nullable String revision,
        Instant recordedAt,
        byte[] payload,
        byte[] metadata) {

    /** What {@link #of} reads, in its order. */
    public static final String COLUMNS =
            """
            global_index, event_identifier, aggregate_identifier, sequence_number, type,
            payload_type, payload_revision, time_stamp, payload, meta_data\
            """;

    /**
     * @param row that begins with {@link #COLUMNS}
     */
    public static LoggedEvent of(ResultSet row) throws SQLException {
        return new LoggedEvent(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getBytes(9),
                row.getBytes(10));
    }
}
