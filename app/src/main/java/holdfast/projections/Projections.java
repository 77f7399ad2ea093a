package holdfast.projections;

import holdfast.catalogue.Refused;
import holdfast.followers.FollowedTables;
import holdfast.projections.Projection.Kind;
import holdfast.projections.ProjectionRefusal.UnknownProjection;

import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that is made from the log. */
@Component
class Projections {

    /** Written with the event; made anew together, whichever of them is named. */
    static final List<String> WITH_THE_EVENT = List.of("ledger", "register");

    private final FollowedTables tables;
    private final Configuration axon;
    private final JdbcTemplate sql;
    private final Clock clock;

    Projections(FollowedTables tables, Configuration axon, JdbcTemplate sql, Clock clock) {
        this.tables = tables;
        this.axon = axon;
        this.sql = sql;
        this.clock = clock;
    }

    /** By name; those in memory are this node's. */
    List<Projection> all() {
        long newest = tables.newest();
        var all = new ArrayList<Projection>();
        for (var name : WITH_THE_EVENT) {
            all.add(new Projection(name, Kind.WITH_THE_EVENT, newest, 0, 0, null));
        }
        for (var name : tables.names()) {
            all.add(
                    projection(
                            name,
                            Kind.TABLES,
                            tables.position(name),
                            newest,
                            tables.failure(name)));
        }
        inMemory()
                .forEach(
                        (name, processor) ->
                                all.add(
                                        projection(
                                                name,
                                                Kind.MEMORY,
                                                position(processor),
                                                newest,
                                                failure(processor))));
        all.sort(Comparator.comparing(Projection::name));
        return all;
    }

    /**
     * @throws Refused if there is none of this name
     */
    Kind kindOf(String name) {
        if (WITH_THE_EVENT.contains(name)) {
            return Kind.WITH_THE_EVENT;
        }
        if (tables.names().contains(name)) {
            return Kind.TABLES;
        }
        if (inMemory().containsKey(name)) {
            return Kind.MEMORY;
        }
        throw new Refused(new UnknownProjection(name));
    }

    private Projection projection(
            String name, Kind kind, long position, long newest, @Nullable String failure) {
        return new Projection(
                name,
                kind,
                position,
                Math.max(0, newest - position),
                position < newest ? secondsSince(position) : 0,
                failure);
    }

    private long secondsSince(long position) {
        return sql
                .query(
                        """
                        select time_stamp from domain_event_entry where global_index > ?
                        order by global_index limit 1
                        """,
                        (row, _) -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        position)
                .stream()
                .findFirst()
                .map(first -> Math.max(0, Duration.between(first, clock.instant()).toSeconds()))
                .orElse(0L);
    }

    private Map<String, StreamingEventProcessor> inMemory() {
        var found = new HashMap<String, StreamingEventProcessor>();
        axon.eventProcessingConfiguration()
                .eventProcessors()
                .forEach(
                        (name, processor) -> {
                            if (processor instanceof StreamingEventProcessor streaming) {
                                found.put(name, streaming);
                            }
                        });
        return found;
    }

    private static long position(StreamingEventProcessor processor) {
        return processor.processingStatus().values().stream()
                .mapToLong(segment -> segment.getCurrentPosition().orElse(0))
                .min()
                .orElse(0);
    }

    private static @Nullable String failure(StreamingEventProcessor processor) {
        return processor.processingStatus().values().stream()
                .filter(segment -> segment.isErrorState())
                .map(segment -> String.valueOf(segment.getError().getMessage()))
                .findFirst()
                .orElse(null);
    }
}
