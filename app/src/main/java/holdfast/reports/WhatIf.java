package holdfast.reports;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;
import holdfast.followers.FollowedTables;
import holdfast.http.Problems;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.VisitWish;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * Lets the demand of a period meet another catalogue. Demand is every reservation whose visit lies
 * in the period, and every hold that was refused since others had the places; both catalogues meet
 * it in the same order, so what differs is due to them. Writes nothing.
 */
@Component
public class WhatIf {

    /** Of one question; about a minute's work. */
    static final int MOST_DEMANDS = 1_000_000;

    private static final String SECONDS_TO_WAIT = "30";

    /** Whoever asks keeps a processor busy for a while; bookings need the others. */
    private final Semaphore oneAtATime = new Semaphore(1);

    private final FollowedTables tables;
    private final UnmetCounters unmet;
    private final JdbcTemplate sql;
    private final JsonMapper json;

    WhatIf(FollowedTables tables, UnmetCounters unmet, JdbcTemplate sql, JsonMapper json) {
        this.tables = tables;
        this.unmet = unmet;
        this.sql = sql;
        this.json = json;
    }

    private record Cell(String branch, int hour) {}

    private static final class Count {
        long demand;
        long now;
        long then;
    }

    /**
     * Counts the visits that find places under each catalogue.
     *
     * @param from local date of visits, inclusive
     * @param to local date of visits, inclusive
     * @throws ErrorResponseException with 503 if another question of this kind is being answered
     */
    public WhatIfAnswer compare(Catalogue now, Catalogue then, LocalDate from, LocalDate to) {
        if (!oneAtATime.tryAcquire()) {
            throw busy();
        }
        try {
            return compareAlone(now, then, from, to);
        } finally {
            oneAtATime.release();
        }
    }

    private WhatIfAnswer compareAlone(Catalogue now, Catalogue then, LocalDate from, LocalDate to) {
        unmet.write();
        tables.catchUp(ReservationFacts.NAME);
        var before = new Simulation(now);
        var after = new Simulation(then);
        var cells =
                new TreeMap<Cell, Count>(
                        Comparator.comparing(Cell::branch).thenComparingInt(Cell::hour));
        for (var demanded : demand(now.tenant().id().text(), from, to)) {
            var branch = demanded.wish().branch();
            var cell =
                    new Cell(
                            branch.text(),
                            demanded.start().atZone(zone(now, then, branch)).getHour());
            var count = cells.computeIfAbsent(cell, _ -> new Count());
            count.demand++;
            count.now += before.fits(demanded) ? 1 : 0;
            count.then += after.fits(demanded) ? 1 : 0;
        }
        var rows = new ArrayList<WhatIfAnswer.Row>();
        cells.forEach(
                (cell, count) ->
                        rows.add(
                                new WhatIfAnswer.Row(
                                        BranchId.of(cell.branch()),
                                        cell.hour(),
                                        count.demand,
                                        count.now,
                                        count.then,
                                        count.then - count.now)));
        return new WhatIfAnswer(
                from,
                to,
                rows.stream().mapToLong(WhatIfAnswer.Row::demand).sum(),
                rows.stream().mapToLong(WhatIfAnswer.Row::fitsNow).sum(),
                rows.stream().mapToLong(WhatIfAnswer.Row::fitsThen).sum(),
                rows);
    }

    private static ZoneId zone(Catalogue now, Catalogue then, BranchId branch) {
        return now.branch(branch)
                .or(() -> then.branch(branch))
                .map(known -> known.timeZone())
                .orElse(ZoneOffset.UTC);
    }

    private List<Demanded> demand(String tenant, LocalDate from, LocalDate to) {
        var demand = new ArrayList<Demanded>();
        sql.query(
                """
                select reservation, branch, services::text, chosen, visit_from, asked_at, ended_at
                from reservation_fact
                where tenant = ? and visit_day between ? and ? and valid_to = ? and not handed_over
                limit ?
                """,
                row -> {
                    demand.add(reserved(row));
                },
                tenant,
                from,
                to,
                Long.MAX_VALUE,
                MOST_DEMANDS);
        sql.query(
                """
                select d.branch, d.service, d.number, d.starts_at, d.times,
                       (d.day + make_interval(hours => d.hour)) at time zone coalesce(z.zone, 'UTC')
                from unmet_demand d left join branch_zone z using (tenant, branch)
                where d.tenant = ? and d.starts_at <> 'infinity'
                  and (d.starts_at at time zone coalesce(z.zone, 'UTC'))::date between ? and ?
                order by 1, 2, 3, 4, 6 limit ?
                """,
                row -> {
                    for (long n = 0; n < row.getLong(5) && demand.size() < MOST_DEMANDS; n++) {
                        demand.add(refused(row, demand.size()));
                    }
                },
                tenant,
                from,
                to,
                MOST_DEMANDS);
        demand.sort(Comparator.comparing(Demanded::askedAt).thenComparing(Demanded::id));
        return demand;
    }

    private Demanded reserved(ResultSet row) throws SQLException {
        var chosen = row.getString(4);
        return new Demanded(
                row.getObject(1, UUID.class),
                new VisitWish(
                        BranchId.of(row.getString(2)),
                        List.of(json.readValue(row.getString(3), ServiceCount[].class)),
                        chosen == null ? null : ResourceId.of(chosen)),
                instant(row, 5),
                instant(row, 6),
                instantOrNull(row, 7));
    }

    /** Who was refused would have kept the places, as far as anybody knows. */
    private static Demanded refused(ResultSet row, int number) throws SQLException {
        return new Demanded(
                new UUID(Long.MAX_VALUE, number),
                new VisitWish(
                        BranchId.of(row.getString(1)),
                        List.of(new ServiceCount(ServiceId.of(row.getString(2)), row.getInt(3))),
                        null),
                instant(row, 4),
                instant(row, 6),
                null);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static ErrorResponseException busy() {
        var busy =
                new ErrorResponseException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        Problems.problem(
                                "overloaded", "Another question of this kind is being answered."),
                        null);
        busy.getHeaders().set(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
        return busy;
    }
}
