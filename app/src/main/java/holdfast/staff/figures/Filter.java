package holdfast.staff.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;
import holdfast.reports.Grouping;
import holdfast.reports.Reports;
import holdfast.scheduling.SchedulingRefusal.UnknownBranch;
import holdfast.scheduling.SchedulingRefusal.UnknownService;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What the figures of a page are about; all of it stands in the page's address.
 *
 * @param recent null if the dates were given
 * @param branch null: all
 * @param service null: all
 * @param wrong what is wrong with the dates that were given, as the names of texts; the period is
 *     the usual one then
 * @param typedFrom the date as it was given
 * @param typedTo the date as it was given
 */
record Filter(
        Period period,
        Period.@Nullable Recent recent,
        @Nullable Branch branch,
        @Nullable Service service,
        List<String> wrong,
        String typedFrom,
        String typedTo) {

    private static final int EARLIEST = 1900;
    private static final int LATEST = 9999;

    /**
     * @throws Refused if the tenant has no such branch or service
     */
    static Filter read(Colleague me, Asked asked, Clock clock) {
        var branch = branch(me, asked);
        var zone = branch == null ? me.catalogue().tenant().timeZone() : branch.timeZone();
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var recent = Period.Recent.find(asked.textOrNull("period")).orElse(null);
        var isDated = recent == null && !(asked.text("from") + asked.text("to")).isEmpty();
        var wrong = new ArrayList<String>();
        var period = isDated ? period(asked, wrong) : null;
        if (period == null) {
            recent = recent == null ? Period.Recent.MONTH : recent;
            period = recent.before(today);
        }
        return new Filter(
                period,
                recent,
                branch,
                service(me, asked),
                wrong,
                wrong.isEmpty() ? period.from().toString() : asked.text("from"),
                wrong.isEmpty() ? period.to().toString() : asked.text("to"));
    }

    private static @Nullable Period period(Asked asked, List<String> wrong) {
        var from = asked.read("from", Filter::date);
        var to = asked.read("to", Filter::date);
        if (from == null) {
            wrong.add("from");
        }
        if (to == null) {
            wrong.add("to");
        }
        if (from == null || to == null) {
            return null;
        }
        if (from.isAfter(to)) {
            wrong.add("turned");
            return null;
        }
        if (!to.isBefore(from.plusDays(Period.MOST_DAYS))) {
            wrong.add("long");
            return null;
        }
        return new Period(from, to);
    }

    /** Null if nobody can mean it. */
    private static @Nullable LocalDate date(String text) {
        var date = LocalDate.parse(text);
        return date.getYear() < EARLIEST || date.getYear() > LATEST ? null : date;
    }

    /** Null: all. */
    static @Nullable Branch branch(Colleague me, Asked asked) {
        if (asked.text("branch").isEmpty()) {
            return null;
        }
        var read = asked.read("branch", BranchId::of);
        var id = read == null ? BranchId.of("-") : read;
        return me.catalogue().branch(id).orElseThrow(() -> new Refused(new UnknownBranch(id)));
    }

    private static @Nullable Service service(Colleague me, Asked asked) {
        if (asked.text("service").isEmpty()) {
            return null;
        }
        var read = asked.read("service", ServiceId::of);
        var id = read == null ? ServiceId.of("-") : read;
        return me.catalogue().services().stream()
                .filter(service -> service.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(new UnknownService(id)));
    }

    Reports.Question question(Colleague me, Period days, Grouping grouping) {
        return new Reports.Question(
                me.tenant(),
                days.from(),
                days.to(),
                branch == null ? null : branch.id(),
                service == null ? null : service.id(),
                grouping);
    }

    /** The address of one report as CSV, about the same. */
    public String csv(Colleague me, String report, String groupBy) {
        return address(me, "/" + report + ".csv", dates() + "&groupBy=" + groupBy);
    }

    /** The page's address that counts a long period, too. */
    public String counting(Colleague me) {
        return address(me, "", dates() + "&count=now");
    }

    /** The page's address for another period, about the same. */
    public String recently(Colleague me, Period.Recent another) {
        return address(me, "", "period=" + another.text());
    }

    private String dates() {
        return "from=%s&to=%s".formatted(period.from(), period.to());
    }

    private String address(Colleague me, String path, String query) {
        return me.home()
                + "/figures"
                + path
                + "?"
                + query
                + (branch == null ? "" : "&branch=" + encoded(branch.id().text()))
                + (service == null ? "" : "&service=" + encoded(service.id().text()));
    }

    private static String encoded(String text) {
        return UriUtils.encode(text, UTF_8);
    }
}
