package holdfast.reports;

import holdfast.catalogue.Catalogues;
import holdfast.catalogue.TenantId;
import holdfast.scheduling.UnmetDemand;
import holdfast.scheduling.VisitWish;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts in memory, and writes the counts some seconds later. What a node had not written when it
 * died is lost: these are figures, not promises.
 */
@Component
class UnmetCounters implements UnmetDemand, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(UnmetCounters.class);

    /** Of different kinds between two writings; what comes beyond is not counted. */
    private static final int MOST = 20_000;

    private static final OffsetDateTime ANY_TIME = OffsetDateTime.MAX;

    private final JdbcTemplate sql;
    private final Catalogues catalogues;
    private final Clock clock;
    private final Map<Kind, LongAdder> counters = new ConcurrentHashMap<>();
    private volatile boolean running;

    UnmetCounters(JdbcTemplate sql, Catalogues catalogues, Clock clock) {
        this.sql = sql;
        this.catalogues = catalogues;
        this.clock = clock;
    }

    /**
     * @param asked the full hour of UTC in which it was asked for
     * @param start {@link Instant#MAX}: any
     */
    private record Kind(
            TenantId tenant,
            String branch,
            String service,
            int number,
            Instant asked,
            Instant start) {}

    @Override
    public void taken(TenantId tenant, VisitWish wish, Instant start) {
        count(tenant, wish, start);
    }

    @Override
    public void nothingFree(TenantId tenant, VisitWish wish) {
        count(tenant, wish, Instant.MAX);
    }

    private void count(TenantId tenant, VisitWish wish, Instant start) {
        var wanted = wish.services().getFirst();
        var kind =
                new Kind(
                        tenant,
                        wish.branch().text(),
                        wanted.service().text(),
                        wanted.numberOfReservations(),
                        clock.instant().truncatedTo(ChronoUnit.HOURS),
                        start);
        var counter = counters.get(kind);
        if (counter == null) {
            if (counters.size() >= MOST) {
                return;
            }
            counter = counters.computeIfAbsent(kind, _ -> new LongAdder());
        }
        counter.increment();
    }

    /** Writes what was counted on this node so far. */
    @Scheduled(fixedDelayString = "${holdfast.write-demand-every}")
    void writeSometimes() {
        try {
            write();
        } catch (DataAccessException e) {
            log.debug("Demand is written later", e);
        }
    }

    /** The same, now. */
    synchronized void write() {
        var rows = new ArrayList<Object[]>();
        var written = new ArrayList<Map.Entry<Kind, Long>>();
        // in one order, so that nodes which write the same rows do not wait for each other in turn
        counters.keySet().stream()
                .sorted(
                        Comparator.comparing((Kind kind) -> kind.tenant().text())
                                .thenComparing(Kind::branch)
                                .thenComparing(Kind::service)
                                .thenComparing(Kind::number)
                                .thenComparing(Kind::asked)
                                .thenComparing(Kind::start))
                .forEach(
                        kind -> {
                            var counter = counters.remove(kind);
                            long times = counter == null ? 0 : counter.sum();
                            if (times > 0) {
                                written.add(Map.entry(kind, times));
                                rows.add(row(kind, times));
                            }
                        });
        if (rows.isEmpty()) {
            return;
        }
        try {
            sql.batchUpdate(
                    """
                    insert into unmet_demand (
                        tenant, branch, service, number, day, hour, starts_at, times)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (tenant, branch, service, number, day, hour, starts_at)
                    do update set times = unmet_demand.times + excluded.times
                    """,
                    rows);
        } catch (DataAccessException e) {
            for (var each : written) {
                counters.computeIfAbsent(each.getKey(), _ -> new LongAdder()).add(each.getValue());
            }
            throw e;
        }
    }

    private Object[] row(Kind kind, long times) {
        var asked = kind.asked().atZone(zone(kind));
        return new Object[] {
            kind.tenant().text(),
            kind.branch(),
            kind.service(),
            kind.number(),
            asked.toLocalDate(),
            asked.getHour(),
            kind.start().equals(Instant.MAX) ? ANY_TIME : kind.start().atOffset(ZoneOffset.UTC),
            times
        };
    }

    private ZoneId zone(Kind kind) {
        return catalogues.find(kind.tenant()).stream()
                .flatMap(catalogue -> catalogue.branches().stream())
                .filter(branch -> branch.id().text().equals(kind.branch()))
                .map(branch -> branch.timeZone())
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        writeSometimes();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
