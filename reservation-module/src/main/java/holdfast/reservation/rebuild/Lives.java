package holdfast.reservation.rebuild;

import holdfast.reservation.rebuild.StoredEvent.Kind;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Reads reservations from the log, each with all of its events, in the order of their ids. */
final class Lives implements AutoCloseable {

    private static final String EVENTS =
            """
            select aggregate_identifier, global_index, sequence_number, payload_type,
                   payload_revision, time_stamp, payload
            from domain_event_entry where type = 'Reservation' %s
            order by aggregate_identifier, sequence_number
            """;

    private final Cursor<StoredEvent> events;
    private final BiConsumer<Life, StoredEvent> beforeEach;

    private Lives(Cursor<StoredEvent> events, BiConsumer<Life, StoredEvent> beforeEach) {
        this.events = events;
        this.beforeEach = beforeEach;
    }

    /**
     * @param beforeEach hears each event with what the ones before it add up to
     */
    static Lives all(Connection connection, BiConsumer<Life, StoredEvent> beforeEach)
            throws SQLException {
        return new Lives(new Cursor<>(connection, EVENTS.formatted(""), Lives::event), beforeEach);
    }

    static Lives of(Connection connection, Collection<UUID> reservations) throws SQLException {
        var ids =
                connection.createArrayOf(
                        "text", reservations.stream().map(UUID::toString).toArray());
        var some = EVENTS.formatted("and aggregate_identifier = any(?)");
        return new Lives(new Cursor<>(connection, some, Lives::event, ids), (life, event) -> {});
    }

    /** Null after the last one. */
    @Nullable Life next() throws SQLException {
        var event = events.peek();
        if (event == null) {
            return null;
        }
        var life = new Life(event.stream());
        while (event != null && event.stream().equals(life.reservation())) {
            beforeEach.accept(life, event);
            life.add(event);
            events.take();
            event = events.peek();
        }
        return life;
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                UUID.fromString(row.getString(1)),
                row.getLong(2),
                row.getLong(3),
                Kind.of(row.getString(4), row.getString(5)),
                Cursor.micros(row, 6),
                row.getBytes(7));
    }

    @Override
    public void close() throws SQLException {
        events.close();
    }
}
