package holdfast.audit.past;

import holdfast.catalogue.TenantId;
import holdfast.scheduling.Busy;
import holdfast.scheduling.BusyTimes;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.VisitRules;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who was where, at any moment. */
@Component
class PastClaims {

    private final JdbcClient jdbc;

    PastClaims(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Row(PlacesId places, Busy busy) {}

    /** As of a moment, on whatever may serve visits that start from one instant to another. */
    Occupancy at(
            TenantId tenant,
            VisitRules rules,
            Moment moment,
            Instant firstStart,
            Instant lastStart) {
        var rows =
                jdbc.sql(
                                """
                                select places, reservation, units, busy_from, busy_to, starts_at,
                                       ends_at, hold_until
                                from claim_history
                                where tenant = :tenant and places = any(:places)
                                  and day between :first and :last and valid_from <= :position
                                  and (valid_to is null or valid_to > :position)
                                """)
                        .param("tenant", tenant.text())
                        .param(
                                "places",
                                rules.places().stream()
                                        .map(PlacesId::toString)
                                        .toArray(String[]::new))
                        .param("first", ClaimHistory.day(rules.busyFrom(firstStart)))
                        .param("last", ClaimHistory.day(rules.busyTo(lastStart)))
                        .param("position", moment.position())
                        .query(
                                (row, n) ->
                                        new Row(
                                                PlacesId.of(row.getString("places")),
                                                ClaimHistory.busy(row)))
                        .list();
        var claims = new HashMap<PlacesId, List<Busy>>();
        for (var row : rows) {
            claims.computeIfAbsent(row.places(), _ -> new ArrayList<>()).add(row.busy());
        }
        Map<PlacesId, BusyTimes> times = new HashMap<>();
        claims.forEach((places, busy) -> times.put(places, BusyTimes.of(busy)));
        return places -> times.getOrDefault(places, BusyTimes.NONE);
    }

    /** The events by which these reservations had taken what they had at this moment. */
    List<Cause> causesOf(Collection<ReservationId> reservations, Moment moment) {
        return jdbc.sql(
                        """
                        select global_index, aggregate_identifier, payload_type, time_stamp
                        from domain_event_entry
                        where global_index in (
                            select max(global_index) from domain_event_entry
                            where aggregate_identifier = any(?) and global_index <= ?
                              and payload_type in ('reservation.Reserved', 'reservation.Rescheduled')
                            group by aggregate_identifier)
                        order by global_index
                        """)
                .param(reservations.stream().map(ReservationId::toString).toArray(String[]::new))
                .param(moment.position())
                .query(
                        (row, n) ->
                                new Cause(
                                        row.getLong(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
    }
}
