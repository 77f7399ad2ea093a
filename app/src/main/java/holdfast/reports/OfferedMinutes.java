package holdfast.reports;

import static java.util.stream.Collectors.joining;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueEvent;
import holdfast.followers.LoggedEvent;
import holdfast.followers.TableFollower;
import holdfast.scheduling.OfferedPlaces;

import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out for how long places are offered on each day.
 *
 * <p>A change of the catalogue lays out anew from the day on which it was made; days before that
 * stay as they were. Nothing tells that a day has passed, so any event that is recorded less than a
 * year before the end of what is laid out adds two months. What comes out depends on the log alone,
 * not on how it was cut into batches.
 */
@Component
class OfferedMinutes implements TableFollower {

    static final String NAME = "offered-minutes";

    private static final long STILL = Long.MAX_VALUE;
    private static final int MONTHS_AHEAD = 12;
    private static final int MONTHS_ADDED = 2;
    private static final String CATALOGUE = "catalogue.";

    private final JdbcTemplate sql;
    private final EventStorageEngine log;
    private final JsonMapper json;

    OfferedMinutes(JdbcTemplate sql, EventStorageEngine log, JsonMapper json) {
        this.sql = sql;
        this.log = log;
        this.json = json;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("offered_minutes", "offered_until");
    }

    /**
     * How far a tenant is laid out.
     *
     * @param day the last one
     * @param origin the command whose events it was laid out for last
     * @param from the first of its events
     * @param at when that was recorded
     */
    private record Layout(
            String tenant, String stream, LocalDate day, String origin, long from, Instant at) {}

    @Override
    public void follow(List<LoggedEvent> events) {
        var layouts = layouts();
        var last = lastOfEachChange(events);
        for (var event : events) {
            if (event.name().startsWith(CATALOGUE)) {
                if (event == last.get(originOf(event))) {
                    change(event, first(event, events), layouts);
                }
                continue;
            }
            for (var layout : List.copyOf(layouts.values())) {
                var recorded = LocalDate.ofInstant(event.recordedAt(), ZoneOffset.UTC);
                if (recorded.plusMonths(MONTHS_AHEAD).isAfter(layout.day())) {
                    layouts.put(layout.stream(), extend(layout, event, recorded));
                }
            }
        }
    }

    private record Origin(String stream, String command) {}

    /** A command's events are in the log together, though a batch may end between them. */
    private Origin originOf(LoggedEvent event) {
        var command = json.readTree(event.metadata()).path("traceId").asString(event.id());
        return new Origin(event.stream(), command);
    }

    private Map<Origin, LoggedEvent> lastOfEachChange(List<LoggedEvent> events) {
        var last = new HashMap<Origin, LoggedEvent>();
        for (var event : events) {
            if (event.name().startsWith(CATALOGUE)) {
                last.put(originOf(event), event);
            }
        }
        return last;
    }

    private LoggedEvent first(LoggedEvent last, List<LoggedEvent> events) {
        var origin = originOf(last);
        return events.stream()
                .filter(event -> event.name().startsWith(CATALOGUE))
                .filter(event -> originOf(event).equals(origin))
                .findFirst()
                .orElse(last);
    }

    private void change(LoggedEvent last, LoggedEvent first, Map<String, Layout> layouts) {
        var command = originOf(last).command();
        var known = layouts.get(last.stream());
        boolean goesOn = known != null && known.origin().equals(command);
        long from = goesOn && known != null ? known.from() : first.position();
        var at = goesOn && known != null ? known.at() : first.recordedAt();
        var begin = LocalDate.ofInstant(at, ZoneOffset.UTC);
        var catalogue = catalogueAfter(last);
        var end = begin.plusMonths(MONTHS_AHEAD + MONTHS_ADDED);
        if (known != null && known.day().isAfter(end)) {
            end = known.day();
        }
        var tenant = catalogue.tenant().id().text();
        if (goesOn) {
            forget(tenant, from);
        }
        layOut(tenant, catalogue, begin, end, from);
        var layout = new Layout(tenant, last.stream(), end, command, from, at);
        keep(layout);
        layouts.put(layout.stream(), layout);
    }

    private Layout extend(Layout layout, LoggedEvent by, LocalDate recorded) {
        var end = recorded.plusMonths(MONTHS_AHEAD + MONTHS_ADDED);
        layOut(
                layout.tenant(),
                catalogueAt(layout.stream(), by.position()),
                layout.day().plusDays(1),
                end,
                by.position());
        var extended =
                new Layout(
                        layout.tenant(),
                        layout.stream(),
                        end,
                        layout.origin(),
                        layout.from(),
                        layout.at());
        keep(extended);
        return extended;
    }

    private Catalogue catalogueAfter(LoggedEvent last) {
        return fold(last.stream(), last.sequence() + 1);
    }

    private Catalogue catalogueAt(String stream, long position) {
        Long events =
                sql.queryForObject(
                        """
                        select count(*) from domain_event_entry
                        where aggregate_identifier = ? and global_index <= ?
                        """,
                        Long.class,
                        stream,
                        position);
        return fold(stream, events == null ? 0 : events);
    }

    private Catalogue fold(String stream, long most) {
        var events = new ArrayList<CatalogueEvent>();
        try (var stored = log.readEvents(stream).asStream().limit(most)) {
            stored.forEach(event -> events.add((CatalogueEvent) event.getPayload()));
        }
        return Catalogue.after(events);
    }

    // ------------------------------------------------------------------ rows

    private record Key(String branch, String places, LocalDate day) {}

    /**
     * @param services as an array of PostgreSQL, as are the minutes
     */
    private record Value(String services, String minutes) {}

    /** Replaces what the days from {@code begin} on had, as far as it differs. */
    private void layOut(
            String tenant, Catalogue catalogue, LocalDate begin, LocalDate end, long from) {
        var offered = offered(catalogue, begin, end);
        var gone = new ArrayList<Object[]>();
        sql.query(
                """
                select branch, places, day, services::text, minutes::text from offered_minutes
                where tenant = ? and day >= ? and valid_to = ?
                """,
                row -> {
                    var key =
                            new Key(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getObject(3, LocalDate.class));
                    var value = new Value(row.getString(4), row.getString(5));
                    if (value.minutes().equals(minutesOf(offered.get(key)))
                            && value.services().equals(servicesOf(offered.get(key)))) {
                        offered.remove(key);
                    } else {
                        gone.add(
                                new Object[] {
                                    from, tenant, key.branch(), key.places(), key.day(), STILL
                                });
                    }
                },
                tenant,
                begin,
                STILL);
        sql.batchUpdate(
                """
                update offered_minutes set valid_to = ?
                where tenant = ? and branch = ? and places = ? and day = ? and valid_to = ?
                """,
                gone);
        var rows = new ArrayList<Object[]>(offered.size());
        offered.forEach(
                (key, value) ->
                        rows.add(
                                new Object[] {
                                    tenant,
                                    key.branch(),
                                    key.places(),
                                    key.day(),
                                    from,
                                    STILL,
                                    value.services(),
                                    value.minutes()
                                }));
        sql.batchUpdate(
                """
                insert into offered_minutes (
                    tenant, branch, places, day, valid_from, valid_to, services, minutes)
                values (?, ?, ?, ?, ?, ?, ?::text[], ?::integer[])
                """,
                rows);
    }

    private static String minutesOf(@Nullable Value value) {
        return value == null ? "" : value.minutes();
    }

    private static String servicesOf(@Nullable Value value) {
        return value == null ? "" : value.services();
    }

    /** What is not offered at all has no entry. */
    private static Map<Key, Value> offered(Catalogue catalogue, LocalDate begin, LocalDate end) {
        var offered = new LinkedHashMap<Key, Value>();
        for (var branch : catalogue.branches()) {
            for (var day = begin; !day.isAfter(end); day = day.plusDays(1)) {
                for (var places : OfferedPlaces.of(catalogue, branch, day)) {
                    if (places.minutes().stream().anyMatch(minutes -> minutes > 0)) {
                        offered.put(
                                new Key(branch.id().text(), places.places().text(), day),
                                new Value(
                                        places.services().stream()
                                                .map(service -> quoted(service.text()))
                                                .collect(joining(",", "{", "}")),
                                        places.minutes().stream()
                                                .map(String::valueOf)
                                                .collect(joining(",", "{", "}"))));
                    }
                }
            }
        }
        return offered;
    }

    /** As PostgreSQL writes an element: in quotes only where it must be. */
    private static String quoted(String text) {
        boolean plain =
                !text.isEmpty()
                        && !text.equalsIgnoreCase("null")
                        && text.chars().noneMatch(c -> "{},\"\\ \t\n\r\u000b\f".indexOf(c) >= 0);
        return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** Takes back what a command's earlier events led to. */
    private void forget(String tenant, long from) {
        sql.update("delete from offered_minutes where tenant = ? and valid_from = ?", tenant, from);
        sql.update(
                "update offered_minutes set valid_to = ? where tenant = ? and valid_to = ?",
                STILL,
                tenant,
                from);
    }

    private void keep(Layout layout) {
        sql.update(
                """
                insert into offered_until (tenant, stream, day, origin, origin_from, origin_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (tenant) do update set
                    day = excluded.day, origin = excluded.origin,
                    origin_from = excluded.origin_from, origin_at = excluded.origin_at
                """,
                layout.tenant(),
                layout.stream(),
                layout.day(),
                layout.origin(),
                layout.from(),
                layout.at().atOffset(ZoneOffset.UTC));
    }

    private Map<String, Layout> layouts() {
        var layouts = new LinkedHashMap<String, Layout>();
        sql.query(
                "select tenant, stream, day, origin, origin_from, origin_at from offered_until"
                        + " order by tenant",
                row -> {
                    layouts.put(
                            row.getString(2),
                            new Layout(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getObject(3, LocalDate.class),
                                    row.getString(4),
                                    row.getLong(5),
                                    row.getObject(6, OffsetDateTime.class).toInstant()));
                });
        return layouts;
    }
}
