package holdfast.seals;

import holdfast.followers.LoggedEvent;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;

/**
 * A tenant's whole log as lines of JSON, with what proves it: a header, a line per event, lines of
 * leaves, and the signed head with the public keys. {@link ExportCheck} reads it without a
 * database.
 */
@Component
public final class Export {

    static final String LINES = "application/x-ndjson";
    static final String FORMAT = "holdfast log 1";
    static final int LEAVES_PER_LINE = 1_000;

    private static final int FETCH = 1_000;

    private static final String EVENTS =
            """
            select %s from seal_leaf join domain_event_entry on global_index = position
            where tenant = ? and leaf < ? order by leaf
            """
                    .formatted(LoggedEvent.COLUMNS);

    private static final String LEAVES =
            "select hash from seal_leaf where tenant = ? and leaf < ? order by leaf";

    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;
    private final SealKeys keys;
    private final JsonMapper json;

    Export(
            JdbcTemplate sql,
            PlatformTransactionManager transactions,
            SealKeys keys,
            JsonMapper json) {
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
        this.keys = keys;
        this.json = json;
    }

    /**
     * Answers with the lines, as a file of the tenant's name.
     *
     * @param head how far to go
     */
    public void answer(TreeHead head, HttpServletResponse response) throws IOException {
        response.setContentType(LINES);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s.ndjson\"".formatted(head.tenant()));
        write(head, response.getOutputStream());
    }

    /**
     * @param head how far to go
     * @param to left open
     * @throws UncheckedIOException if nobody takes the lines
     */
    void write(TreeHead head, OutputStream to) {
        try {
            var out = new BufferedOutputStream(to, 1 << 16);
            var header = new LinkedHashMap<String, Object>();
            header.put("export", FORMAT);
            header.put("tenant", head.tenant());
            header.put("events", head.size());
            line(out, json.writeValueAsBytes(header));
            // a cursor, which lives in a transaction
            transaction.executeWithoutResult(_ -> writeRows(head, out));
            line(out, json.writeValueAsBytes(trailer(head)));
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void writeRows(TreeHead head, OutputStream out) {
        sql.query(
                connection -> prepared(connection.prepareStatement(EVENTS), head),
                row -> {
                    try {
                        line(
                                out,
                                "{\"event\":".getBytes(StandardCharsets.UTF_8),
                                SealedEvent.bytes(LoggedEvent.of(row)),
                                "}".getBytes(StandardCharsets.UTF_8));
                    } catch (IOException gone) {
                        throw new UncheckedIOException(gone);
                    }
                });
        var leaves = new LeafLines(out);
        sql.query(connection -> prepared(connection.prepareStatement(LEAVES), head), leaves::take);
        leaves.finish();
    }

    private static PreparedStatement prepared(PreparedStatement statement, TreeHead head)
            throws SQLException {
        statement.setFetchSize(FETCH);
        statement.setQueryTimeout(0);
        statement.setString(1, head.tenant());
        statement.setLong(2, head.size());
        return statement;
    }

    private LinkedHashMap<String, Object> trailer(TreeHead head) {
        var trailer = new LinkedHashMap<String, Object>();
        trailer.put("head", SignedHead.of(head));
        trailer.put("keys", keys.published());
        return trailer;
    }

    private static void line(OutputStream out, byte[]... parts) throws IOException {
        for (var part : parts) {
            out.write(part);
        }
        out.write('\n');
    }

    /** So many leaves on a line. */
    private static final class LeafLines {

        private final OutputStream out;
        private final StringBuilder hashes = new StringBuilder();
        private int count;

        LeafLines(OutputStream out) {
            this.out = out;
        }

        void take(ResultSet row) throws SQLException {
            hashes.append(count == 0 ? "\"" : ",\"").append(Hash.of(row.getBytes(1))).append('"');
            if (++count == LEAVES_PER_LINE) {
                finish();
            }
        }

        void finish() {
            if (count > 0) {
                try {
                    line(
                            out,
                            "{\"leaves\":[%s]}".formatted(hashes).getBytes(StandardCharsets.UTF_8));
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
                hashes.setLength(0);
                count = 0;
            }
        }
    }
}
