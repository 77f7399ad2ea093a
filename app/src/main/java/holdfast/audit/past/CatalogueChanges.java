package holdfast.audit.past;

import holdfast.catalogue.CatalogueEvent;
import holdfast.followers.LoggedEvent;

import org.springframework.jdbc.core.JdbcTemplate;

import tools.jackson.databind.json.JsonMapper;

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

    void follow(List<LoggedEvent> events) {
        sql.batchUpdate(
                """
                insert into catalogue_change (tenant, command, first_position, last_sequence)
                values (?, ?, ?, ?)
                on conflict (tenant, command) do update set last_sequence = excluded.last_sequence
                """,
                events.stream()
                        .filter(event -> event.stream().startsWith(STREAMS))
                        .map(
                                event ->
                                        new Object[] {
                                            event.stream().substring(STREAMS.length()),
                                            commandOf(event),
                                            event.position(),
                                            event.sequence()
                                        })
                        .toList());
    }

    /** Events of one command name the same message as the one before them. */
    private static String commandOf(LoggedEvent event) {
        return JSON.readTree(event.metadata()).path("correlationId").asString(event.id());
    }
}
