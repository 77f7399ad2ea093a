package holdfast.seals;

import holdfast.followers.LoggedEvent;
import holdfast.reservation.Progress;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

/**
 * Whether the log in the database is what was sealed: every event, of every tenant, up to the
 * newest signed head.
 */
public final class LogCheck {

    private static final String END =
            "select coalesce(max(global_index), 0) from domain_event_entry";

    private static final String EVENTS =
            "select %s from domain_event_entry order by global_index"
                    .formatted(LoggedEvent.COLUMNS);

    private static final String HEADS =
            """
            select distinct on (h.tenant) h.tenant, h.size, h.position, h.root, h.signed_at, h.key_id,
                   h.signature, k.public_key
            from seal_head h left join seal_key k using (key_id)
            order by h.tenant, h.size desc
            """;

    private static final String LEAVES =
            "select hash from seal_leaf where tenant = ? and leaf < ? order by leaf";

    private static final int FETCH = 1_000;

    /**
     * @param tenants with a signed head
     * @param sealed events that the heads cover
     * @param notYetSealed events that came later
     * @param findings what is wrong, and where; empty: the log is what was sealed
     */
    public record Result(int tenants, long sealed, long notYetSealed, List<String> findings) {

        public boolean isIntact() {
            return findings.isEmpty();
        }
    }

    private record Head(TreeHead head, byte @Nullable [] publicKey) {}

    private final DataSource database;
    private final byte @Nullable [] key;

    /**
     * @param key to trust, as X.509 has it; null: those in the database, which whoever can change
     *     the log could change, too
     */
    public LogCheck(DataSource database, byte @Nullable [] key) {
        this.database = database;
        this.key = key;
    }

    public Result run(Progress progress) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (var setting = connection.createStatement()) {
                setting.execute("set statement_timeout = 0");
            }
            var heads = heads(connection);
            var met = new LinkedHashMap<String, Tampering>();
            long later = read(connection, heads, met, progress);
            var findings = new ArrayList<String>();
            long sealed = 0;
            for (var head : heads.values()) {
                sealed += head.head().size();
                var events = met.getOrDefault(head.head().tenant(), new Tampering());
                findings.addAll(check(connection, head, events));
            }
            connection.rollback();
            return new Result(heads.size(), sealed, later, findings);
        }
    }

    private static Map<String, Head> heads(Connection connection) throws SQLException {
        var heads = new LinkedHashMap<String, Head>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(HEADS)) {
            while (row.next()) {
                var head =
                        new TreeHead(
                                row.getString(1),
                                row.getLong(2),
                                row.getLong(3),
                                Hash.of(row.getBytes(4)),
                                row.getObject(5, OffsetDateTime.class).toInstant(),
                                row.getString(6),
                                row.getBytes(7));
                heads.put(head.tenant(), new Head(head, row.getBytes(8)));
            }
        }
        return heads;
    }

    /** Returns how many events no head covers yet. */
    private static long read(
            Connection connection,
            Map<String, Head> heads,
            Map<String, Tampering> met,
            Progress progress)
            throws SQLException {
        long later = 0;
        try (var statement = connection.createStatement()) {
            long end;
            try (var row = statement.executeQuery(END)) {
                row.next();
                end = row.getLong(1);
            }
            statement.setFetchSize(FETCH);
            try (var rows = statement.executeQuery(EVENTS)) {
                while (rows.next()) {
                    var event = LoggedEvent.of(rows);
                    progress.at("reading the log", event.position(), end);
                    var tenant = SealedEvent.tenantOf(event);
                    var head = heads.get(tenant);
                    if (head == null || event.position() > head.head().position()) {
                        later++;
                    } else {
                        met.computeIfAbsent(tenant, _ -> new Tampering())
                                .met(Hash.ofLeaf(SealedEvent.bytes(event)), event.position());
                    }
                }
            }
        }
        return later;
    }

    private List<String> check(Connection connection, Head signed, Tampering events)
            throws SQLException {
        var head = signed.head();
        var findings = new ArrayList<String>();
        var trusted = key == null ? signed.publicKey() : key;
        if (trusted == null || !head.isSignedWith(trusted)) {
            findings.add("the signature of the head is not that of this key");
        }
        if (events.count() != head.size() || !events.root().equals(head.root())) {
            findings.addAll(events.against(leaves(connection, head)));
            if (findings.isEmpty()) {
                findings.add("neither the leaves nor the events are what was sealed");
            }
        }
        return findings.stream().map(finding -> head.tenant() + ": " + finding).toList();
    }

    private static List<Hash> leaves(Connection connection, TreeHead head) throws SQLException {
        try (var statement = connection.prepareStatement(LEAVES)) {
            statement.setString(1, head.tenant());
            statement.setLong(2, head.size());
            var leaves = new ArrayList<Hash>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    leaves.add(Hash.of(rows.getBytes(1)));
                }
            }
            return leaves;
        }
    }
}
