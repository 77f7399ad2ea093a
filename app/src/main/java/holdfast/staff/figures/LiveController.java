package holdfast.staff.figures;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.ServiceId;
import holdfast.reports.TodaysBookings;
import holdfast.reports.TodaysBookings.Booking;
import holdfast.reports.TodaysBookings.OfBranch;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;
import holdfast.staff.Colleagues;
import holdfast.staff.StaffPage;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;

/** What is booked today, as it comes in. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/figures/live")
class LiveController extends StaffPage {

    private static final int LATEST = 15;

    private final TodaysBookings bookings;
    private final MessageSource texts;
    private final Clock clock;

    LiveController(
            Colleagues colleagues, TodaysBookings bookings, MessageSource texts, Clock clock) {
        super(colleagues);
        this.bookings = bookings;
        this.texts = texts;
        this.clock = clock;
    }

    /** What the page says about a branch. */
    record Line(String branch, OfBranch counts) {}

    /**
     * @param at when it was made, in the branch's zone
     * @param visit when it begins, in the branch's zone
     */
    record Made(String at, String branch, String service, String visit) {}

    @GetMapping
    String live(Colleague me, HttpServletRequest request, Model model) {
        var asked = new Asked(request);
        var branch = Filter.branch(me, asked);
        var now = clock.instant();
        var today = bookings.of(me.tenant(), branch == null ? null : branch.id(), now, LATEST);
        var wording = new Wording(texts, me.locale());
        model.addAttribute("branch", branch);
        model.addAttribute("isPaused", request.getParameter("paused") != null);
        model.addAttribute(
                "at",
                me.time(
                        now.atZone(
                                branch == null
                                        ? me.catalogue().tenant().timeZone()
                                        : branch.timeZone())));
        model.addAttribute("booked", today.branches().stream().mapToLong(OfBranch::booked).sum());
        model.addAttribute("visits", today.branches().stream().mapToLong(OfBranch::visits).sum());
        model.addAttribute(
                "branches",
                today.branches().stream()
                        .sorted(Comparator.comparingLong(OfBranch::visits).reversed())
                        .map(each -> new Line(nameOf(me, each.branch()), each))
                        .toList());
        model.addAttribute("latest", latest(me, wording, today.latest()));
        return "staff/figures/live";
    }

    private static List<Made> latest(Colleague me, Wording wording, List<Booking> latest) {
        return latest.stream()
                .map(
                        each -> {
                            var visit = local(me, each.branch(), each.visit());
                            return new Made(
                                    me.time(local(me, each.branch(), each.at())),
                                    nameOf(me, each.branch()),
                                    nameOf(me, each.service()),
                                    wording.date(visit.toLocalDate()) + ", " + me.time(visit));
                        })
                .toList();
    }

    private static ZonedDateTime local(Colleague me, BranchId branch, Instant at) {
        return at.atZone(
                me.catalogue()
                        .branch(branch)
                        .<ZoneId>map(known -> known.timeZone())
                        .orElse(me.catalogue().tenant().timeZone()));
    }

    /** The id, if it is not in the catalogue any more. */
    private static String nameOf(Colleague me, BranchId branch) {
        return me.catalogue()
                .branch(branch)
                .map(known -> me.text(known.name()))
                .orElse(branch.text());
    }

    private static String nameOf(Colleague me, ServiceId service) {
        return me.catalogue().services().stream()
                .filter(known -> known.id().equals(service))
                .findFirst()
                .map(known -> me.text(known.name()))
                .orElse(service.text());
    }
}
