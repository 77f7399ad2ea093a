package holdfast.pages;

import static holdfast.pages.Visitor.encoded;

import holdfast.catalogue.RefusalProblems;
import holdfast.catalogue.Refused;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand.Confirm;
import holdfast.reservation.ReservationCommand.Extend;
import holdfast.reservation.ReservationRefusal.HoldLapsed;
import holdfast.reservation.ReservationRefusal.NotOnHold;
import holdfast.reservation.ReservationRefusal.UnknownReservation;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.SchedulingRefusal.NotBookable;
import holdfast.scheduling.SchedulingRefusal.SlotTaken;
import holdfast.scheduling.VisitWish;
import holdfast.security.RequestDigest;

import jakarta.servlet.http.HttpServletRequest;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.IdentifierFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;

/**
 * From a hold to an appointment. What was typed is never lost: a page that cannot go on shows it
 * again, along with what can be done.
 */
@Controller
class HoldController extends PageController {

    private static final String SCREENED = "screened";

    private final Register register;
    private final CommandGateway commands;
    private final Holding holding;
    private final ManageLinks links;
    private final RequestDigest digest;
    private final List<RefusalProblems> problems;
    private final Clock clock;

    HoldController(
            Register register,
            CommandGateway commands,
            Holding holding,
            ManageLinks links,
            RequestDigest digest,
            ObjectProvider<RefusalProblems> problems,
            Clock clock) {
        this.register = register;
        this.commands = commands;
        this.holding = holding;
        this.links = links;
        this.digest = digest;
        this.problems = problems.stream().toList();
        this.clock = clock;
    }

    static String address(Visitor visitor, ReservationId hold, @Nullable String screened) {
        return visitor.url(path(visitor, hold) + query(screened));
    }

    private static String path(Visitor visitor, ReservationId hold) {
        return visitor.home() + "/hold/" + hold;
    }

    private static String query(@Nullable String screened) {
        return screened == null ? "" : "?" + SCREENED + "=" + encoded(screened);
    }

    /** The hold with the form, or what became of it. */
    @GetMapping("/book/{tenant}/hold/{id}")
    ModelAndView show(Visitor visitor, @PathVariable String id, HttpServletRequest request) {
        var entry = find(visitor, id);
        return entry.isAppointment()
                ? toAppointment(visitor, entry, "")
                : hold(visitor, entry, Details.empty(visitor, entry.services()), request, null);
    }

    @GetMapping({"/book/{tenant}/hold/{id}/extension", "/book/{tenant}/hold/{id}/again"})
    ModelAndView backToHold(Visitor visitor, @PathVariable String id, HttpServletRequest request) {
        return goTo(
                address(visitor, find(visitor, id).reservation(), request.getParameter(SCREENED)));
    }

    @PostMapping("/book/{tenant}/hold/{id}/extension")
    ModelAndView extend(Visitor visitor, @PathVariable String id, HttpServletRequest request) {
        var entry = find(visitor, id);
        var details = Details.sent(visitor, entry.services(), request).asTyped();
        try {
            var extended =
                    commands.<RegisterEntry>sendAndWait(
                            new Extend(visitor.tenant(), entry.reservation()));
            return hold(visitor, extended, details, request, null);
        } catch (Refused refused) {
            return refused(visitor, id, details, request, refused);
        }
    }

    @PostMapping("/book/{tenant}/hold/{id}")
    ModelAndView confirm(Visitor visitor, @PathVariable String id, HttpServletRequest request) {
        var entry = find(visitor, id);
        var details = Details.sent(visitor, entry.services(), request);
        return details.faulty().isEmpty()
                ? confirm(visitor, entry, details, request)
                : hold(visitor, entry, details, request, null);
    }

    private ModelAndView confirm(
            Visitor visitor, RegisterEntry entry, Details details, HttpServletRequest request) {
        var screening = Screening.of(visitor, entry.services());
        if (!screening.isPassed(request.getParameter(SCREENED))) {
            return goTo(visitor.url(visitor.home() + visitOf(entry, request).query()));
        }
        try {
            var confirmed =
                    commands.<RegisterEntry>sendAndWait(
                            new Confirm(
                                    visitor.tenant(),
                                    entry.reservation(),
                                    details.asCustomer(
                                            visitor, screening.answers(visitor), digest)));
            return toAppointment(visitor, confirmed, "booked");
        } catch (Refused refused) {
            return refused(visitor, entry.reservation().toString(), details, request, refused);
        }
    }

    /** Takes another time instead of the one that was lost, and confirms it with what was typed. */
    @PostMapping("/book/{tenant}/hold/{id}/again")
    ModelAndView again(Visitor visitor, @PathVariable String id, HttpServletRequest request) {
        var lost = find(visitor, id);
        var details = Details.sent(visitor, lost.services(), request);
        var start = Visit.read(request, "start", Instant::parse);
        if (start == null || !details.faulty().isEmpty()) {
            return hold(visitor, lost, details, request, null);
        }
        try {
            var held = holding.place(visitor, wishOf(lost), start, request.getParameter("key"));
            return confirm(visitor, held, details, request);
        } catch (Refused refused) {
            return refused(visitor, id, details, request, refused);
        }
    }

    private ModelAndView toAppointment(Visitor visitor, RegisterEntry entry, String news) {
        var address = ManageController.address(visitor, links, entry.reservation());
        return goTo(
                news.isEmpty()
                        ? address
                        : address + (address.contains("?") ? "&" : "?") + "news=" + news);
    }

    private ModelAndView refused(
            Visitor visitor,
            String id,
            Details details,
            HttpServletRequest request,
            Refused refused) {
        var entry = find(visitor, id);
        var isOver =
                refused.reason() instanceof HoldLapsed
                        || refused.reason() instanceof NotOnHold
                        || refused.reason() instanceof SlotTaken
                        || refused.reason() instanceof NotBookable;
        if (entry.isAppointment()) {
            if (isOver) {
                return toAppointment(visitor, entry, "");
            }
            throw refused;
        }
        return hold(visitor, entry, details, request, ToldProblem.of(refused, problems, visitor));
    }

    private ModelAndView hold(
            Visitor visitor,
            RegisterEntry entry,
            Details details,
            HttpServletRequest request,
            @Nullable ToldProblem problem) {
        var settings = visitor.catalogue().tenant().settings();
        var screened = request.getParameter(SCREENED);
        var left = Duration.between(clock.instant(), entry.expiresAt());
        var isHeld = entry.status() == ReservationStatus.RESERVED && left.isPositive();
        var zone =
                visitor.catalogue()
                        .branch(entry.branch())
                        .map(branch -> branch.timeZone())
                        .orElse(visitor.catalogue().tenant().timeZone());
        var shown = new HashMap<String, @Nullable Object>();
        shown.put("summary", Summary.of(visitor, entry.branch(), entry.services(), entry.visit()));
        shown.put("details", details);
        shown.put("problem", problem);
        shown.put("isHeld", isHeld);
        shown.put("id", entry.reservation().toString());
        shown.put("leftSeconds", Math.max(0, left.toSeconds()));
        shown.put("wholeSeconds", settings.holdLasts().toSeconds());
        shown.put("until", visitor.time(entry.expiresAt(), zone));
        shown.put("mayExtend", settings.holdExtensions() > 0);
        shown.put(
                "extension",
                visitor.url(path(visitor, entry.reservation()) + "/extension" + query(screened)));
        shown.put(
                "action",
                visitor.url(
                        path(visitor, entry.reservation())
                                + (isHeld ? "" : "/again")
                                + query(screened)));
        shown.put("otherTime", visitor.url(visitor.home() + visitOf(entry, request).query()));
        shown.put("key", IdentifierFactory.getInstance().generateIdentifier());
        shown.put("alternatives", isHeld ? List.of() : alternatives(visitor, entry));
        var status = problem != null ? problem.status() : details.faulty().isEmpty() ? 200 : 422;
        return page("book/hold", status, visitor, shown);
    }

    /** None where the services are not offered any more. */
    private List<Holding.Alternative> alternatives(Visitor visitor, RegisterEntry entry) {
        try {
            return holding.alternatives(visitor, wishOf(entry), entry.visit().start());
        } catch (Refused notOffered) {
            return List.of();
        }
    }

    private static VisitWish wishOf(RegisterEntry entry) {
        return new VisitWish(entry.branch(), entry.services(), null);
    }

    /** The way back to the times; a hold in force is kept until there is another. */
    private static Visit visitOf(RegisterEntry entry, HttpServletRequest request) {
        var visit = Visit.again(entry.branch(), entry.services(), request);
        return entry.status() == ReservationStatus.RESERVED
                ? visit.holding(entry.reservation())
                : visit;
    }

    private RegisterEntry find(Visitor visitor, String id) {
        try {
            return register.find(visitor.tenant(), ReservationId.of(id))
                    .orElseThrow(() -> new Refused(new UnknownReservation(id)));
        } catch (IllegalArgumentException noId) {
            throw new Refused(new UnknownReservation(id));
        }
    }
}
