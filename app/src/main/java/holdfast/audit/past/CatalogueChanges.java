package holdfast.audit.past;

import holdfast.catalogue.CatalogueEvent;
import holdfast.followers.LoggedEvent;

import org.springframework.jdbc.core.JdbcTemplate;

import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashMap;
import java.util.List;

/** Writes {@code catalogue_change}. */
final class CatalogueChanges {

    private static final String STREAMS = "catalogue:";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcTemplate sql;

    CatalogueChanges(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** The stream of a tenant's {@link CatalogueEvent}s. */
    static String streamOf(String tenant) {
        return STREAMS + tenant;
    }

    /** One command of one tenant. */
    private record Change(String tenant, String command) {}

    private record Stretch(long firstPosition, long lastSequence) {}

    void follow(List<LoggedEvent> events) {
        // each once: a statement may not touch a row twice
        var changes = new LinkedHashMap<Change, Stretch>();
        for (var event : events) {
            if (event.stream().startsWith(STREAMS)) {
                changes.merge(
                        new Change(event.stream().substring(STREAMS.length()), commandOf(event)),
                        new Stretch(event.position(), event.sequence()),
                        (known, more) -> new Stretch(known.firstPosition(), more.lastSequence()));
            }
        }
        sql.batchUpdate(
                """
                insert into catalogue_change (tenant, command, first_position, last_sequence)
                values (?, ?, ?, ?)
                on conflict (tenant, command) do update set last_sequence = excluded.last_sequence
                """,
                changes.entrySet().stream()
                        .map(
                                each ->
                                        new Object[] {
                                            each.getKey().tenant(),
                                            each.getKey().command(),
                                            each.getValue().firstPosition(),
                                            each.getValue().lastSequence()
                                        })
                        .toList());
    }

    /** Events of one command name the same message as the one before them. */
    private static String commandOf(LoggedEvent event) {
        return JSON.readTree(event.metadata()).path("correlationId").asString(event.id());
    }
}
