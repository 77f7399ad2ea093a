package holdfast.reports;

import holdfast.catalogue.CatalogueEvent.BranchDefined;
import holdfast.followers.LoggedEvent;
import holdfast.followers.StoredPayloads;
import holdfast.followers.TableFollower;
import holdfast.reservation.ReservationEvent;
import holdfast.reservation.ReservationEvent.CustomerChanged;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Claim;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keeps every version of every reservation, for the figures as they are and as they were known. */
@Component
class ReservationFacts implements TableFollower {

    static final String NAME = "reservation-facts";

    /** The {@code valid_to} of what is still so. */
    private static final long STILL = Long.MAX_VALUE;

    /**
     * Branches are defined before they are booked; a log that begins otherwise is read all the
     * same.
     */
    private static final ZoneId UNKNOWN_ZONE = ZoneOffset.UTC;

    private static final String INSERT =
            """
            insert into reservation_fact (
                reservation, valid_from, valid_to, tenant, branch, zone, service, services, claims,
                chosen, status, handed_over, extensions, moves, held_at, asked_at, confirmed_at,
                ended_at, visit_from, visit_to, busy_from, busy_to, held_day, held_hour,
                confirmed_day, confirmed_hour, visit_day, visit_hour, lead_minutes)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    ?, ?, ?, ?, ?, ?)\
            """;

    private final JdbcTemplate sql;
    private final StoredPayloads payloads;
    private final JsonMapper json;

    ReservationFacts(JdbcTemplate sql, StoredPayloads payloads, JsonMapper json) {
        this.sql = sql;
        this.payloads = payloads;
        this.json = json;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("reservation_fact", "branch_zone");
    }

    private record Branch(String tenant, String id) {}

    /** A fact, and since which event it is so. */
    private record Version(Fact fact, long from) {}

    @Override
    public void follow(List<LoggedEvent> events) {
        var read = new LinkedHashMap<LoggedEvent, Object>();
        for (var event : events) {
            if (event.name().startsWith("reservation.")
                    || event.name().equals("catalogue.BranchDefined")) {
                read.put(event, payloads.of(event));
            }
        }
        if (read.isEmpty()) {
            return;
        }
        var zones = zones();
        var current = current(read.values());
        var superseded = new ArrayList<Object[]>();
        var versions = new ArrayList<Object[]>();
        var fresh = new HashMap<UUID, Version>();
        read.forEach(
                (event, payload) -> {
                    switch (payload) {
                        case BranchDefined defined -> note(defined, zones);
                        case CustomerChanged _ -> {} // figures know of no customers
                        case ReservationEvent change -> {
                            var id = change.reservation().value();
                            var before = fresh.get(id);
                            var after =
                                    next(
                                            before == null ? current.get(id) : before.fact(),
                                            change,
                                            zones,
                                            event.recordedAt());
                            if (after == null) {
                                return;
                            }
                            if (before != null) {
                                versions.add(row(before, event.position()));
                            } else if (current.containsKey(id)) {
                                superseded.add(new Object[] {event.position(), id, STILL});
                            }
                            fresh.put(id, new Version(after, event.position()));
                        }
                        default -> {}
                    }
                });
        fresh.values().forEach(version -> versions.add(row(version, STILL)));
        sql.batchUpdate(
                "update reservation_fact set valid_to = ? where reservation = ? and valid_to = ?",
                superseded);
        sql.batchUpdate(INSERT, versions);
    }

    /** Null if the log does not have the reservation's beginning. */
    private static @Nullable Fact next(
            @Nullable Fact before, ReservationEvent change, Map<Branch, ZoneId> zones, Instant at) {
        var zone =
                zones.getOrDefault(
                        new Branch(change.tenant().text(), change.branch().text()), UNKNOWN_ZONE);
        if (before == null) {
            return change instanceof Reserved reserved ? Fact.of(reserved, zone, at) : null;
        }
        return before.after(change, zone, at);
    }

    private void note(BranchDefined defined, Map<Branch, ZoneId> zones) {
        var branch = new Branch(defined.tenant().text(), defined.branch().id().text());
        var zone = defined.branch().timeZone();
        if (!zone.equals(zones.put(branch, zone))) {
            sql.update(
                    """
                    insert into branch_zone (tenant, branch, zone) values (?, ?, ?)
                    on conflict (tenant, branch) do update set zone = excluded.zone
                    """,
                    branch.tenant(),
                    branch.id(),
                    zone.getId());
        }
    }

    private Map<Branch, ZoneId> zones() {
        var zones = new HashMap<Branch, ZoneId>();
        sql.query(
                "select tenant, branch, zone from branch_zone",
                row -> {
                    zones.put(
                            new Branch(row.getString(1), row.getString(2)),
                            ZoneId.of(row.getString(3)));
                });
        return zones;
    }

    /** What is known so far of the reservations that these events are about. */
    private Map<UUID, Fact> current(Iterable<Object> payloads) {
        var ids = new ArrayList<UUID>();
        for (var payload : payloads) {
            if (payload instanceof ReservationEvent event) {
                ids.add(event.reservation().value());
            }
        }
        var known = new HashMap<UUID, Fact>();
        sql.query(
                "select * from reservation_fact where reservation = any(?) and valid_to = ?",
                row -> {
                    var fact = fact(row);
                    known.put(fact.reservation(), fact);
                },
                ids.toArray(UUID[]::new),
                STILL);
        return known;
    }

    private Fact fact(ResultSet row) throws SQLException {
        return new Fact(
                row.getObject("reservation", UUID.class),
                row.getString("tenant"),
                row.getString("branch"),
                ZoneId.of(row.getString("zone")),
                List.of(json.readValue(row.getString("services"), ServiceCount[].class)),
                List.of(json.readValue(row.getString("claims"), Claim[].class)),
                row.getString("chosen"),
                ReservationStatus.valueOf(row.getString("status")),
                row.getBoolean("handed_over"),
                row.getInt("extensions"),
                row.getInt("moves"),
                instant(row, "held_at"),
                instant(row, "asked_at"),
                instantOrNull(row, "confirmed_at"),
                instantOrNull(row, "ended_at"),
                new TimeRange(instant(row, "visit_from"), instant(row, "visit_to")),
                new TimeRange(instant(row, "busy_from"), instant(row, "busy_to")),
                row.getObject("lead_minutes", Integer.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column)
            throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private @Nullable Object[] row(Version version, long validTo) {
        var fact = version.fact();
        var held = fact.heldAt().atZone(fact.zone());
        var visit = fact.visit().start().atZone(fact.zone());
        var confirmed = fact.confirmedAt() == null ? null : fact.confirmedAt().atZone(fact.zone());
        return new @Nullable Object[] {
            fact.reservation(),
            version.from(),
            validTo,
            fact.tenant(),
            fact.branch(),
            fact.zone().getId(),
            fact.services().getFirst().service().text(),
            json.writeValueAsString(fact.services()),
            json.writeValueAsString(fact.claims()),
            fact.chosen(),
            fact.status().name(),
            fact.handedOver(),
            fact.extensions(),
            fact.moves(),
            utc(fact.heldAt()),
            utc(fact.askedAt()),
            utc(fact.confirmedAt()),
            utc(fact.endedAt()),
            utc(fact.visit().start()),
            utc(fact.visit().end()),
            utc(fact.busy().start()),
            utc(fact.busy().end()),
            held.toLocalDate(),
            held.getHour(),
            confirmed == null ? null : confirmed.toLocalDate(),
            confirmed == null ? null : confirmed.getHour(),
            visit.toLocalDate(),
            visit.getHour(),
            fact.leadMinutes()
        };
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
