package holdfast.staff.figures;

import static holdfast.reports.Grouping.DAY;
import static holdfast.reports.Grouping.DAYS_AHEAD_OF_VISIT;
import static holdfast.reports.Grouping.TOTAL;
import static holdfast.reports.Grouping.WEEKDAY_HOUR;

import holdfast.catalogue.TenantId;
import holdfast.reports.Figures;
import holdfast.reports.Grouping;
import holdfast.reports.Report;
import holdfast.reports.Reports;
import holdfast.staff.Colleague;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Asks the reports for all that a page of figures shows. What took long to count is kept for some
 * minutes, on this node.
 */
@Component
class Counting {

    static final Duration KEPT = Duration.ofMinutes(5);

    /** Each is a megabyte or two. */
    private static final int MOST_KEPT = 20;

    /** Reports, of whatever page: each takes a connection for a while; bookings need the others. */
    private final Semaphore atOnce = new Semaphore(2, true);

    private final Map<Question, Counted> kept = new LinkedHashMap<>();
    private final Map<Question, CompletableFuture<Counted>> underway = new ConcurrentHashMap<>();
    private final Reports reports;
    private final Clock clock;

    Counting(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    private record Question(
            TenantId tenant, Period period, @Nullable String branch, @Nullable String service) {}

    /** What is known about it without counting; null: nothing, or it is too old. */
    @Nullable Counted kept(Colleague me, Filter filter) {
        synchronized (kept) {
            var oldest = clock.instant().minus(KEPT);
            kept.values().removeIf(counted -> counted.at().isBefore(oldest));
            return kept.get(question(me, filter));
        }
    }

    /** A long period that somebody else has counted at this moment is not counted again. */
    Counted of(Colleague me, Filter filter) {
        if (!filter.period().isLong()) {
            return count(me, filter);
        }
        var question = question(me, filter);
        var mine = new CompletableFuture<Counted>();
        var theirs = underway.putIfAbsent(question, mine);
        if (theirs != null) {
            return result(theirs);
        }
        try {
            var before = kept(me, filter);
            var counted = before == null ? count(me, filter) : before;
            keep(question, counted);
            mine.complete(counted);
            return counted;
        } finally {
            mine.completeExceptionally(new IllegalStateException("It could not be counted"));
            underway.remove(question);
        }
    }

    private static <T> T result(CompletableFuture<T> counted) {
        try {
            return counted.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private Counted count(Colleague me, Filter filter) {
        var at = clock.instant();
        var period = filter.period();
        var before = period.before();
        var both = new Period(before.from(), period.to());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var counts = new Counts(me, filter, threads);
            // the slowest first
            var utilisation = counts.begin(Report.UTILISATION, period, WEEKDAY_HOUR);
            var utilisationBefore = counts.begin(Report.UTILISATION, before, TOTAL);
            var funnel = counts.begin(Report.FUNNEL, both, DAY);
            var noShow = counts.begin(Report.NO_SHOW, both, DAY);
            var daysAhead = counts.begin(Report.LEAD_TIME, period, DAYS_AHEAD_OF_VISIT);
            var leadTime = counts.begin(Report.LEAD_TIME, period, TOTAL);
            var leadTimeBefore = counts.begin(Report.LEAD_TIME, before, TOTAL);
            var demand = counts.begin(Report.DEMAND, both, DAY);
            return new Counted(
                    at,
                    result(funnel),
                    result(noShow),
                    result(demand),
                    result(utilisation),
                    result(utilisationBefore),
                    result(daysAhead),
                    result(leadTime),
                    result(leadTimeBefore));
        }
    }

    /** The reports of one page, some of them at the same time. */
    private final class Counts {

        private final Colleague me;
        private final Filter filter;
        private final Executor threads;

        Counts(Colleague me, Filter filter, Executor threads) {
            this.me = me;
            this.filter = filter;
            this.threads = threads;
        }

        CompletableFuture<Figures> begin(Report report, Period days, Grouping grouping) {
            var question = filter.question(me, days, grouping);
            return CompletableFuture.supplyAsync(
                    () -> {
                        atOnce.acquireUninterruptibly();
                        try {
                            return reports.count(report, question, null);
                        } finally {
                            atOnce.release();
                        }
                    },
                    threads);
        }
    }

    private void keep(Question question, Counted counted) {
        synchronized (kept) {
            kept.put(question, counted);
            if (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    private static Question question(Colleague me, Filter filter) {
        var branch = filter.branch();
        var service = filter.service();
        return new Question(
                me.tenant(),
                filter.period(),
                branch == null ? null : branch.id().text(),
                service == null ? null : service.id().text());
    }
}
