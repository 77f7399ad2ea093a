package holdfast.staff.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.audit.past.Cause;
import holdfast.audit.past.Moment;
import holdfast.audit.past.PastVisits;
import holdfast.audit.past.PointInTime;
import holdfast.catalogue.Refused;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;
import holdfast.staff.Colleagues;
import holdfast.staff.Refusals;
import holdfast.staff.StaffPage;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.util.UriUtils;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;

/** A day as it was offered at any moment, and why one of its times was not. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/audit")
class DayAuditController extends StaffPage {

    private final PastVisits visits;
    private final AuditWords words;
    private final Refusals refusals;
    private final Clock clock;

    DayAuditController(
            Colleagues colleagues,
            PastVisits visits,
            AuditWords words,
            Refusals refusals,
            Clock clock) {
        super(colleagues);
        this.visits = visits;
        this.words = words;
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * @param left how many more such visits fit; 0: it is not offered
     * @param href the page that says why
     */
    record Start(String time, int left, String href) {}

    /**
     * Where the slider can stand.
     *
     * @param current whether it stands there
     */
    record Stop(Happening event, String href, boolean current) {}

    /** Told, with the events by which it came to be so. */
    record Reason(String title, String detail, List<Happening> events) {}

    @GetMapping("/day")
    String day(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var asked = new Asked(request);
        var question = DayQuestion.read(me, asked, clock);
        var zone = question.branch().timeZone();
        var changes = visits.changes(me.tenant(), question.wish(), question.date());
        var asOf = asOf(question, asked, changes);
        model.addAttribute("question", question);
        model.addAttribute("last", changes.size());
        int stop = changes.size();
        try {
            var day = visits.day(me.tenant(), question.wish(), question.date(), asOf);
            model.addAttribute("starts", starts(me, question, day, asOf));
            if (asOf != null) {
                stop = stop(changes, day.moment());
                tell(me, day.moment(), zone, model);
            }
        } catch (Refused refused) {
            var problem = refusals.problemOf(me, refused);
            response.setStatus(problem.getStatus());
            model.addAttribute("problem", problem);
            if (asOf != null && asOf.position() != null) {
                stop = stop(changes, new Moment(asOf.position(), Instant.EPOCH));
            }
        }
        model.addAttribute("stop", Math.max(stop, 0));
        model.addAttribute("stops", stops(me, question, changes, stop));
        model.addAttribute("here", question.href(me));
        return "staff/audit/day";
    }

    /** A place of the slider, or what is named otherwise; null: now. */
    private static @Nullable PointInTime asOf(
            DayQuestion question, Asked asked, List<Cause> changes) {
        var stop = asked.read("stop", Integer::valueOf);
        if (stop == null) {
            return question.asOf(asked);
        }
        return stop < 0 || stop >= changes.size()
                ? null
                : PointInTime.of(Long.toString(changes.get(stop).position()));
    }

    /** The last change that belongs to the moment; -1: none does. */
    private static int stop(List<Cause> changes, Moment moment) {
        int stop = -1;
        while (stop + 1 < changes.size() && changes.get(stop + 1).position() <= moment.position()) {
            stop++;
        }
        return stop;
    }

    private List<Stop> stops(Colleague me, DayQuestion question, List<Cause> changes, int stop) {
        var zone = question.branch().timeZone();
        return changes.stream()
                .map(
                        cause ->
                                new Stop(
                                        Happening.of(cause, me, zone, words),
                                        question.href(me) + "&asOf=" + cause.position(),
                                        stop >= 0
                                                && stop < changes.size()
                                                && cause.equals(changes.get(stop))))
                .toList();
    }

    private static List<Start> starts(
            Colleague me, DayQuestion question, PastVisits.Day day, @Nullable PointInTime asOf) {
        var left = new TreeMap<Instant, Integer>();
        day.offered().forEach(slot -> left.put(slot.start(), slot.placesLeft()));
        day.others().forEach(start -> left.put(start, 0));
        return left.entrySet().stream()
                .map(
                        each ->
                                new Start(
                                        me.time(each.getKey().atZone(day.zone())),
                                        each.getValue(),
                                        question.whyHref(me)
                                                + "&start="
                                                + each.getKey()
                                                + asOfParameter(asOf)))
                .toList();
    }

    private static String asOfParameter(@Nullable PointInTime asOf) {
        return asOf == null ? "" : "&asOf=" + UriUtils.encode(asOf.text(), UTF_8);
    }

    /** {@code start}, or {@code date} and {@code time} by the branch's clock. */
    @GetMapping("/why")
    String why(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var asked = new Asked(request);
        var question = DayQuestion.read(me, asked, clock);
        var zone = question.branch().timeZone();
        var time = asked.read("time", LocalTime::parse);
        var start = asked.read("start", Instant::parse);
        if (start == null) {
            start =
                    question.date()
                            .atTime(time == null ? LocalTime.NOON : time)
                            .atZone(zone)
                            .toInstant();
        }
        var local = start.atZone(zone);
        var asOf = question.asOf(asked);
        var ofDay =
                new DayQuestion(
                        question.branch(),
                        question.service(),
                        question.count(),
                        local.toLocalDate());
        model.addAttribute("question", ofDay);
        model.addAttribute("start", local);
        model.addAttribute("asOf", asOf);
        model.addAttribute("day", ofDay.href(me) + asOfParameter(asOf));
        try {
            var explained = visits.explain(me.tenant(), question.wish(), start, asOf);
            model.addAttribute("offered", explained.isOffered());
            model.addAttribute(
                    "reasons",
                    explained.reasons().stream().map(reason -> reason(me, reason, zone)).toList());
            tell(me, explained.moment(), zone, model);
        } catch (Refused refused) {
            var problem = refusals.problemOf(me, refused);
            response.setStatus(problem.getStatus());
            model.addAttribute("problem", problem);
        }
        return "staff/audit/why";
    }

    private Reason reason(Colleague me, PastVisits.Reason reason, ZoneId zone) {
        var problem = me.telling().told(reason.problem());
        return new Reason(
                String.valueOf(problem.getTitle()),
                String.valueOf(problem.getDetail()),
                reason.events().stream()
                        .map(cause -> Happening.of(cause, me, zone, words))
                        .toList());
    }

    private void tell(Colleague me, Moment moment, ZoneId zone, Model model) {
        model.addAttribute("moment", words.instant(me, moment.instant(), zone));
        model.addAttribute(
                "at",
                moment.instant().atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS));
        model.addAttribute("position", moment.position());
    }
}
