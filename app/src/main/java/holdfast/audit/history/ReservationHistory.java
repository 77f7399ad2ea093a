package holdfast.audit.history;

import holdfast.audit.AuditRefusal.NoSuchReservation;
import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.followers.LoggedEvent;
import holdfast.followers.StoredPayloads;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationFold;
import holdfast.scheduling.ReservationId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the stream of a reservation, with one statement, and folds it. */
@Component
public class ReservationHistory {

    private static final String STREAM =
            """
            select %s from domain_event_entry
            where aggregate_identifier = ? and type = 'Reservation' and global_index <= ?
            order by sequence_number
            """
                    .formatted(LoggedEvent.COLUMNS);

    private final JdbcClient jdbc;
    private final StoredPayloads payloads;

    ReservationHistory(JdbcClient jdbc, StoredPayloads payloads) {
        this.jdbc = jdbc;
        this.payloads = payloads;
    }

    /** An event in its shape of today, and what the register showed after it. */
    public record Step(LoggedEvent event, RegisterEntry after) {}

    /**
     * All steps, the first one first.
     *
     * @throws Refused if the tenant has no such reservation
     */
    public List<Step> of(TenantId tenant, ReservationId reservation) {
        var fold = ReservationFold.of(reservation);
        var steps = new ArrayList<Step>();
        for (var event : events(reservation, Long.MAX_VALUE)) {
            fold.add(event.name(), event.revision(), event.payload());
            fold.state(event.recordedAt()).ifPresent(after -> steps.add(new Step(event, after)));
        }
        if (steps.isEmpty() || !steps.getFirst().after().tenant().equals(tenant)) {
            throw new Refused(new NoSuchReservation());
        }
        return steps;
    }

    /**
     * How it stood after these events, at this instant.
     *
     * @throws Refused if the tenant had no such reservation then
     */
    RegisterEntry at(TenantId tenant, ReservationId reservation, long position, Instant instant) {
        var fold = ReservationFold.of(reservation);
        for (var event : events(reservation, position)) {
            fold.add(event.name(), event.revision(), event.payload());
        }
        return fold.state(instant)
                .filter(entry -> entry.tenant().equals(tenant))
                .orElseThrow(() -> new Refused(new NoSuchReservation()));
    }

    private List<LoggedEvent> events(ReservationId reservation, long until) {
        return jdbc.sql(STREAM)
                .params(reservation.toString(), until)
                .query((row, n) -> payloads.asOfToday(LoggedEvent.of(row)))
                .list();
    }
}
