package holdfast.staff.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.audit.past.PointInTime;
import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.SchedulingRefusal.UnknownBranch;
import holdfast.scheduling.SchedulingRefusal.UnknownService;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.VisitWish;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;

/**
 * Which day of which branch is asked about, for which visit.
 *
 * @param count of people
 */
record DayQuestion(Branch branch, Service service, int count, LocalDate date) {

    /**
     * As asked for; else the first branch, the first service that it offers, one person, today.
     *
     * @throws Refused if what is named is not there, or nothing could be named
     */
    static DayQuestion read(Colleague me, Asked asked, Clock clock) {
        var branch = branch(me, asked);
        var count = asked.read("count", Integer::valueOf);
        return new DayQuestion(
                branch,
                service(me, branch, asked),
                count == null ? 1 : count,
                Objects.requireNonNullElseGet(
                        asked.read("date", LocalDate::parse),
                        () -> LocalDate.ofInstant(clock.instant(), branch.timeZone())));
    }

    /**
     * As asked for; else the first there is.
     *
     * @throws Refused if it is not there
     */
    static Branch branch(Colleague me, Asked asked) {
        var id = asked.read("branch", BranchId::of);
        var branches = me.catalogue().branches();
        if (id == null && !branches.isEmpty()) {
            return branches.getFirst();
        }
        var wanted = id == null ? BranchId.of("-") : id;
        return me.catalogue()
                .branch(wanted)
                .orElseThrow(() -> new Refused(new UnknownBranch(wanted)));
    }

    private static Service service(Colleague me, Branch branch, Asked asked) {
        var id = asked.read("service", ServiceId::of);
        var wanted = id == null ? ServiceId.of("-") : id;
        return (id == null ? offered(me, branch).stream().findFirst() : me.catalogue().service(id))
                .orElseThrow(() -> new Refused(new UnknownService(wanted)));
    }

    private static List<Service> offered(Colleague me, Branch branch) {
        return me.catalogue().services().stream()
                .filter(each -> me.catalogue().offer(each.id(), branch.id()).isPresent())
                .toList();
    }

    VisitWish wish() {
        return new VisitWish(branch.id(), List.of(new ServiceCount(service.id(), count)), null);
    }

    /**
     * The moment that is named: {@code asOf}, or {@code at} by the branch's clock.
     *
     * @return null: now
     */
    @Nullable PointInTime asOf(Asked asked) {
        var local = asked.read("at", LocalDateTime::parse);
        return local == null
                ? asked.read("asOf", PointInTime::of)
                : PointInTime.of(local.atZone(branch.timeZone()).toInstant().toString());
    }

    /** The page about this day, ready for one more parameter. */
    String href(Colleague me) {
        return "%s/audit/day?branch=%s&service=%s&count=%d&date=%s"
                .formatted(me.home(), encoded(branch.id()), encoded(service.id()), count, date);
    }

    /** The page about one start, ready for it. */
    String whyHref(Colleague me) {
        return "%s/audit/why?branch=%s&service=%s&count=%d"
                .formatted(me.home(), encoded(branch.id()), encoded(service.id()), count);
    }

    private static String encoded(Object id) {
        return UriUtils.encode(id.toString(), UTF_8);
    }
}
