package holdfast.audit.feed;

import holdfast.catalogue.TenantId;
import holdfast.followers.LoggedEvent;
import holdfast.followers.StoredPayloads;
import holdfast.followers.TableFollower;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which events are whose. The log itself has no index by tenant, which would cost every booking
 * something.
 */
@Component
public class TenantEvents implements TableFollower {

    /** The stored name of this follower. */
    public static final String NAME = "tenant-events";

    private static final JsonFactory JSON = new JsonFactory();

    private static final String AFTER =
            """
            select %s from tenant_event join domain_event_entry on global_index = position
            where tenant = ? and position > ? order by position limit ?
            """
                    .formatted(LoggedEvent.COLUMNS);

    private static final String BEFORE =
            """
            select %s from tenant_event join domain_event_entry on global_index = position
            where tenant = ? and position < ? and payload_type like ?
            order by position desc limit ?
            """
                    .formatted(LoggedEvent.COLUMNS);

    private final JdbcTemplate sql;
    private final StoredPayloads payloads;

    TenantEvents(JdbcTemplate sql, StoredPayloads payloads) {
        this.sql = sql;
        this.payloads = payloads;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("tenant_event");
    }

    @Override
    public void follow(List<LoggedEvent> events) {
        sql.batchUpdate(
                "insert into tenant_event (tenant, position) values (?, ?)",
                events.stream()
                        .map(event -> new Object[] {tenantOf(event), event.position()})
                        .filter(row -> row[0] != null)
                        .toList());
    }

    /** Every event of ours names its tenant; null for what is none of ours. */
    private static @Nullable String tenantOf(LoggedEvent event) {
        try (var json = JSON.createParser(ObjectReadContext.empty(), event.payload())) {
            json.nextToken();
            return member(json);
        }
    }

    private static @Nullable String member(JsonParser json) {
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            if (json.nextToken() == JsonToken.VALUE_STRING && name.equals("tenant")) {
                return json.getString();
            }
            json.skipChildren();
        }
        return null;
    }

    /** The tenant's events after a position, in order and in their shape of today. */
    List<LoggedEvent> after(TenantId tenant, long position, int atMost) {
        return sql.query(
                AFTER,
                (row, n) -> payloads.asOfToday(LoggedEvent.of(row)),
                tenant.text(),
                position,
                atMost);
    }

    /**
     * The tenant's events before a position, newest first and in their shape of today.
     *
     * @param kind with which their names begin, such as {@code reservation}; empty: all of them
     */
    public List<LoggedEvent> before(TenantId tenant, long position, String kind, int atMost) {
        return sql.query(
                BEFORE,
                (row, n) -> payloads.asOfToday(LoggedEvent.of(row)),
                tenant.text(),
                position,
                kind.isEmpty() ? "%" : kind + ".%",
                atMost);
    }

    /** The newest positions of these tenants, as far as they have any. */
    Map<TenantId, Long> newest(Collection<TenantId> tenants) {
        var newest = new HashMap<TenantId, Long>();
        sql.query(
                """
                select tenant, (select max(position) from tenant_event its where its.tenant = one.tenant)
                from unnest(?::text[]) as one (tenant)
                """,
                row -> {
                    newest.put(TenantId.of(row.getString(1)), row.getLong(2));
                },
                (Object) tenants.stream().map(TenantId::text).toArray(String[]::new));
        return newest;
    }
}
