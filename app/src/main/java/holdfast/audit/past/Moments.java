package holdfast.audit.past;

import holdfast.audit.AuditRefusal.BeforeTheTenant;
import holdfast.audit.AuditRefusal.NotYet;
import holdfast.audit.feed.TenantEvents;
import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.followers.FollowedTables;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Finds moments of the log. */
@Component
public class Moments {

    private final FollowedTables tables;
    private final JdbcClient jdbc;
    private final Clock clock;

    Moments(FollowedTables tables, JdbcClient jdbc, Clock clock) {
        this.tables = tables;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The moment that is meant; the tables of the past know at least as much.
     *
     * @param tenant by the last of whose events the instant of a numbered moment is told: the times
     *     of others are their own affair
     * @param asOf null: now
     * @throws Refused if it is still to come, or before the tenant's first event
     */
    public Moment find(TenantId tenant, @Nullable PointInTime asOf) {
        if (asOf == null) {
            return new Moment(tables.catchUp(PastTables.NAME), clock.instant());
        }
        var instant = asOf.instant();
        if (instant == null) {
            return at(tenant, asOf.position());
        }
        if (instant.isAfter(clock.instant())) {
            throw new Refused(new NotYet());
        }
        tables.catchUp(PastTables.NAME);
        return new Moment(lastUntil(instant), instant);
    }

    private Moment at(TenantId tenant, @Nullable Long position) {
        tables.catchUp(TenantEvents.NAME);
        if (position == null || position > tables.catchUp(PastTables.NAME)) {
            throw new Refused(new NotYet());
        }
        return jdbc.sql(
                        """
                        select time_stamp from domain_event_entry
                        where global_index = (
                            select max(position) from tenant_event
                            where tenant = ? and position <= ?)
                        """)
                .params(tenant.text(), position)
                .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional()
                .map(recordedAt -> new Moment(position, recordedAt))
                .orElseThrow(() -> new Refused(new BeforeTheTenant()));
    }

    /** Marks come in the order of the log, so only the last that fits has the event. */
    private long lastUntil(Instant instant) {
        return jdbc.sql(
                        """
                        with mark as (
                            select first_position, last_position from log_mark
                            where earliest <= :instant order by first_position desc limit 1)
                        select max(global_index) from mark, domain_event_entry
                        where global_index between first_position and last_position
                          and time_stamp <= :instant
                        """)
                .param("instant", instant.atOffset(ZoneOffset.UTC))
                .query((row, n) -> row.getLong(1))
                .single();
    }
}
