package holdfast.audit.past;

import holdfast.followers.LoggedEvent;
import holdfast.followers.StoredPayloads;
import holdfast.reservation.ReservationEvent;
import holdfast.reservation.ReservationEvent.Arrived;
import holdfast.reservation.ReservationEvent.Cancelled;
import holdfast.reservation.ReservationEvent.Completed;
import holdfast.reservation.ReservationEvent.Confirmed;
import holdfast.reservation.ReservationEvent.CustomerChanged;
import holdfast.reservation.ReservationEvent.Expired;
import holdfast.reservation.ReservationEvent.HandedOver;
import holdfast.reservation.ReservationEvent.HoldExtended;
import holdfast.reservation.ReservationEvent.Missed;
import holdfast.reservation.ReservationEvent.Released;
import holdfast.reservation.ReservationEvent.Rescheduled;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.scheduling.Busy;
import holdfast.scheduling.Claim;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes {@code claim_history}: what the busy times in memory hear of, with the events from which
 * on it was so.
 */
final class ClaimHistory {

    private static final String KIND = "Reservation";

    private final JdbcTemplate sql;
    private final StoredPayloads payloads;

    ClaimHistory(JdbcTemplate sql, StoredPayloads payloads) {
        this.sql = sql;
        this.payloads = payloads;
    }

    /**
     * Some places of a reservation from an event on.
     *
     * @param since number of the event from which on it was so
     */
    private record Held(String tenant, PlacesId places, long since, Busy busy) {

        Held until(@Nullable Instant holdUntil, long position) {
            return new Held(tenant, places, position, busy.until(holdUntil));
        }
    }

    /** The state of a batch: what reservations hold, and what is to be written. */
    private static final class Batch {

        private final Map<ReservationId, List<Held>> held;
        private final List<Object[]> ended = new ArrayList<>();
        private final List<Object[]> begun = new ArrayList<>();

        Batch(Map<ReservationId, List<Held>> held) {
            this.held = held;
        }

        void add(ReservationEvent event, long position) {
            switch (event) {
                case Reserved it ->
                        replace(
                                it.reservation(),
                                held(
                                        it,
                                        position,
                                        it.claims(),
                                        it.busy(),
                                        it.visit(),
                                        it.expiresAt()),
                                position);
                case Rescheduled it ->
                        replace(
                                it.reservation(),
                                held(it, position, it.claims(), it.busy(), it.visit(), null),
                                position);
                case HoldExtended it -> keep(it.reservation(), it.expiresAt(), position);
                case Confirmed it -> keep(it.reservation(), null, position);
                case Expired it -> replace(it.reservation(), List.of(), position);
                case Released it -> replace(it.reservation(), List.of(), position);
                case HandedOver it -> replace(it.reservation(), List.of(), position);
                case Cancelled it -> replace(it.reservation(), List.of(), position);
                case CustomerChanged it -> {}
                case Arrived it -> {}
                case Completed it -> {}
                case Missed it -> {}
            }
        }

        private static List<Held> held(
                ReservationEvent event,
                long position,
                List<Claim> claims,
                TimeRange busy,
                TimeRange visit,
                @Nullable Instant holdUntil) {
            return claims.stream()
                    .map(
                            claim ->
                                    new Held(
                                            event.tenant().text(),
                                            claim.places(),
                                            position,
                                            new Busy(
                                                    event.reservation(),
                                                    claim.units(),
                                                    busy.start(),
                                                    busy.end(),
                                                    visit.start(),
                                                    visit.end(),
                                                    holdUntil)))
                    .toList();
        }

        private void keep(ReservationId reservation, @Nullable Instant until, long position) {
            replace(
                    reservation,
                    held.getOrDefault(reservation, List.of()).stream()
                            .map(each -> each.until(until, position))
                            .toList(),
                    position);
        }

        private void replace(ReservationId reservation, List<Held> now, long position) {
            var before = held.put(reservation, now);
            if (before != null && !before.isEmpty()) {
                ended.add(new Object[] {position, reservation.value()});
            }
            now.forEach(this::begin);
        }

        private void begin(Held one) {
            var busy = one.busy();
            long last = day(busy.busyTo().minusNanos(1));
            for (long day = day(busy.busyFrom()); day <= last; day++) {
                begun.add(
                        new Object[] {
                            one.tenant(),
                            one.places().toString(),
                            day,
                            one.since(),
                            busy.holder().value(),
                            busy.units(),
                            utc(busy.busyFrom()),
                            utc(busy.busyTo()),
                            utc(busy.start()),
                            utc(busy.end()),
                            utc(busy.holdUntil())
                        });
            }
        }
    }

    void follow(List<LoggedEvent> events) {
        var mine = new LinkedHashMap<Long, ReservationEvent>();
        for (var event : events) {
            if (KIND.equals(event.kind()) && payloads.of(event) instanceof ReservationEvent its) {
                mine.put(event.position(), its);
            }
        }
        if (mine.isEmpty()) {
            return;
        }
        var batch =
                new Batch(
                        heldBy(
                                mine.values().stream()
                                        .map(event -> event.reservation().value())
                                        .distinct()
                                        .toArray(UUID[]::new)));
        mine.forEach((position, event) -> batch.add(event, position));
        write(batch);
    }

    private Map<ReservationId, List<Held>> heldBy(UUID[] reservations) {
        return sql
                .query(
                        """
                        select distinct on (reservation, places)
                               tenant, places, valid_from, reservation, units,
                               busy_from, busy_to, starts_at, ends_at, hold_until
                        from claim_history
                        where reservation = any(?) and valid_to is null
                        """,
                        (row, n) -> held(row),
                        (Object) reservations)
                .stream()
                .collect(Collectors.groupingBy(each -> each.busy().holder()));
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                row.getString("tenant"),
                PlacesId.of(row.getString("places")),
                row.getLong("valid_from"),
                busy(row));
    }

    /** Of a row with the columns of a claim. */
    static Busy busy(ResultSet row) throws SQLException {
        var until = row.getObject("hold_until", OffsetDateTime.class);
        return new Busy(
                new ReservationId(row.getObject("reservation", UUID.class)),
                row.getInt("units"),
                instant(row, "busy_from"),
                instant(row, "busy_to"),
                instant(row, "starts_at"),
                instant(row, "ends_at"),
                until == null ? null : until.toInstant());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    // A row that begins and ends in one batch is written with both, so ends come after beginnings.
    private void write(Batch batch) {
        sql.batchUpdate(
                """
                insert into claim_history (
                    tenant, places, day, valid_from, reservation, units,
                    busy_from, busy_to, starts_at, ends_at, hold_until)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                batch.begun);
        sql.batchUpdate(
                """
                update claim_history set valid_to = ?
                where reservation = ? and valid_to is null and valid_from < ?
                """,
                batch.ended.stream().map(end -> new Object[] {end[0], end[1], end[0]}).toList());
    }

    /** Of UTC, since 1970. */
    static long day(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
