package holdfast.reservation.rebuild;

import holdfast.reservation.rebuild.Payload.Span;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Writes rows through {@code COPY} in PostgreSQL's binary format. */
final class CopyRows {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /** From 1970, of ours, to 2000, of PostgreSQL's. */
    private static final long EPOCHS_APART = 946_684_800_000_000L;

    private static final byte JSONB_VERSION = 1;
    private static final byte LOWER_INCLUSIVE = 2;

    private final CopyIn copy;
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long rows;

    /**
     * @param into such as {@code claim (tenant, places)}
     */
    CopyRows(Connection connection, String into) throws SQLException {
        copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + into + " from stdin (format binary)");
        buffer.put(HEADER);
    }

    /** Begins a row; as many values must follow. */
    CopyRows row(int columns) throws SQLException {
        if (buffer.position() > buffer.capacity() / 2) {
            flush();
        }
        rows++;
        room(2).putShort((short) columns);
        return this;
    }

    CopyRows text(@Nullable String value) {
        return value == null ? none() : bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    CopyRows json(byte @Nullable [] value) {
        if (value == null) {
            return none();
        }
        room(5 + value.length).putInt(value.length + 1).put(JSONB_VERSION).put(value);
        return this;
    }

    CopyRows uuid(@Nullable UUID value) {
        if (value == null) {
            return none();
        }
        room(20).putInt(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
        return this;
    }

    CopyRows integer(int value) {
        room(8).putInt(4).putInt(value);
        return this;
    }

    /** A {@code bigint}. */
    CopyRows number(@Nullable Long value) {
        if (value == null) {
            return none();
        }
        room(12).putInt(8).putLong(value);
        return this;
    }

    /** A {@code timestamptz}. */
    CopyRows instant(@Nullable Long micros) {
        return number(micros == null ? null : (Long) (micros - EPOCHS_APART));
    }

    /** A {@code tstzrange}. */
    CopyRows range(Span span) {
        room(29).putInt(25).put(LOWER_INCLUSIVE);
        instant(span.from());
        instant(span.to());
        return this;
    }

    private CopyRows bytes(byte[] value) {
        room(4 + value.length).putInt(value.length).put(value);
        return this;
    }

    private CopyRows none() {
        room(4).putInt(-1);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            var larger =
                    ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + bytes));
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /** Ends the copy and says how many rows it were. */
    long finish() throws SQLException {
        room(2).putShort((short) -1);
        flush();
        copy.endCopy();
        return rows;
    }
}
