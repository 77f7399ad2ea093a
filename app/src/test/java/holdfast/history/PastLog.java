package holdfast.history;

import holdfast.catalogue.EventName;
import holdfast.history.PastDemand.Happened;
import holdfast.testing.TestDatabase;

import org.axonframework.serialization.Revision;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import tools.jackson.databind.json.JsonMapper;

import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

/** Writes what happened into a log, as the application would have written it then. */
public final class PastLog {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CHUNK = 256 * 1024;

    private PastLog() {}

    /**
     * Puts everything that is in the log before the period, so that the catalogue was there when
     * people came.
     */
    public static void dateBack(TestDatabase database, Instant to) {
        database.sql()
                .sql("update domain_event_entry set time_stamp = ?")
                .param(to.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Adds these events; the tables that are made from the log are made anew by others. */
    public static void append(TestDatabase database, List<Happened> events) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            append(connection, events);
        }
    }

    private static void append(Connection connection, List<Happened> events) throws SQLException {
        var copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                """
                                copy domain_event_entry (event_identifier, aggregate_identifier,
                                    sequence_number, type, time_stamp, payload_type,
                                    payload_revision, payload, meta_data) from stdin
                                """);
        var sequences = new HashMap<UUID, Integer>();
        var random = new Random(1);
        var lines = new StringBuilder();
        for (var happened : events) {
            var event = happened.event();
            var stream = event.reservation().value();
            int sequence = sequences.merge(stream, 1, Integer::sum) - 1;
            var cause = new UUID(random.nextLong(), random.nextLong()).toString();
            line(
                    lines,
                    new UUID(random.nextLong(), random.nextLong()),
                    stream,
                    sequence,
                    "Reservation",
                    happened.at(),
                    annotation(event.getClass(), EventName.class).value(),
                    annotation(event.getClass(), Revision.class).value(),
                    binary(event),
                    binary(
                            Map.of(
                                    "tenant",
                                    event.tenant().text(),
                                    "actor",
                                    "a-visitor",
                                    "requestId",
                                    cause,
                                    "traceId",
                                    cause,
                                    "correlationId",
                                    cause)));
            if (lines.length() > CHUNK) {
                flush(copy, lines);
            }
        }
        flush(copy, lines);
        copy.endCopy();
    }

    private static <A extends Annotation> A annotation(Class<?> event, Class<A> type) {
        return Objects.requireNonNull(event.getAnnotation(type));
    }

    private static void line(StringBuilder lines, Object... values) {
        for (int i = 0; i < values.length; i++) {
            lines.append(i == 0 ? "" : "\t");
            lines.append(values[i].toString().replace("\\", "\\\\"));
        }
        lines.append('\n');
    }

    /** Bytes in the form in which PostgreSQL takes text for them. */
    private static String binary(Object value) {
        return JSON.writeValueAsString(value).replace("\\", "\\\\");
    }

    private static void flush(CopyIn copy, StringBuilder lines) throws SQLException {
        var bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
    }
}
