package holdfast.pages;

import holdfast.catalogue.ContentDigest;
import holdfast.catalogue.RefusalProblems;
import holdfast.catalogue.Refused;
import holdfast.reservation.Register;
import holdfast.reservation.ReservationCommand.Release;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Audience;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.SchedulingRefusal.NoSuchBranch;
import holdfast.scheduling.SchedulingRefusal.NoSuchService;
import holdfast.scheduling.SchedulingRefusal.NotBookable;
import holdfast.scheduling.SchedulingRefusal.SlotTaken;
import holdfast.scheduling.SlotAvailability;

import jakarta.servlet.http.HttpServletRequest;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.IdentifierFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The way to a hold: what, where, how many, when. */
@Controller
class BookingController extends PageController {

    private final RuleBook rules;
    private final SlotAvailability availability;
    private final Register register;
    private final CommandGateway commands;
    private final Holding holding;
    private final List<RefusalProblems> problems;
    private final Clock clock;

    BookingController(
            RuleBook rules,
            SlotAvailability availability,
            Register register,
            CommandGateway commands,
            Holding holding,
            ObjectProvider<RefusalProblems> problems,
            Clock clock) {
        this.rules = rules;
        this.availability = availability;
        this.register = register;
        this.commands = commands;
        this.holding = holding;
        this.problems = problems.stream().toList();
        this.clock = clock;
    }

    /** The next thing to choose. */
    @GetMapping("/book/{tenant}")
    ModelAndView begin(Visitor visitor, HttpServletRequest request) {
        if (!visitor.catalogue().tenant().settings().allowsAnonymousBooking()) {
            return page("book/closed", visitor, Map.of());
        }
        var visit = Visit.of(request);
        mustExist(visitor, visit);
        if (visit.services().isEmpty()) {
            var byBranch = visit.branch() == null && "branch".equals(request.getParameter("by"));
            return byBranch ? branches(visitor, visit) : services(visitor, visit, request);
        }
        if (visit.branch() == null) {
            var only = BranchList.of(visitor, visit).branches();
            return only.size() == 1 ? goTo(only.getFirst().href()) : branches(visitor, visit);
        }
        var form = VisitForm.of(visitor, visit, rules, request, false);
        var screening = Screening.of(visitor, visit.services());
        var isSettled = visit.isSettled() || !form.asksAnything();
        return isSettled && screening.isPassed(visit.screened())
                ? times(visitor, visit.settled(screening.mark()), request, Map.of())
                : form(visitor, visit, form, Map.of());
    }

    private static void mustExist(Visitor visitor, Visit visit) {
        for (var wanted : visit.services()) {
            if (visitor.catalogue().service(wanted.service()).isEmpty()) {
                throw new Refused(new NoSuchService(wanted.service()));
            }
        }
        if (visit.branch() != null && visitor.catalogue().branch(visit.branch()).isEmpty()) {
            throw new Refused(new NoSuchBranch(visit.branch()));
        }
    }

    private static ModelAndView services(Visitor visitor, Visit visit, HttpServletRequest request) {
        var searched = request.getParameter("q");
        return page(
                "book/services",
                visitor,
                Map.of(
                        "list",
                        ServiceList.of(visitor, visit.branch(), searched == null ? "" : searched),
                        "here",
                        visitor.home(),
                        "branch",
                        visit.branch() == null ? "" : visit.branch().text(),
                        "byService",
                        visitor.url(visitor.home()),
                        "byBranch",
                        visitor.url(visitor.home() + "?by=branch"),
                        "carried",
                        visitor.carried()));
    }

    private static ModelAndView branches(Visitor visitor, Visit visit) {
        var chosen = visit.services().isEmpty() ? null : summary(visitor, visit);
        var shown = new HashMap<String, @Nullable Object>();
        shown.put("list", BranchList.of(visitor, visit));
        shown.put("chosen", chosen);
        shown.put("byService", visitor.url(visitor.home()));
        shown.put("byBranch", visitor.url(visitor.home() + "?by=branch"));
        return page("book/branches", visitor, shown);
    }

    private static Summary summary(Visitor visitor, Visit visit) {
        return Summary.of(
                visitor,
                visit.branch() == null
                        ? visitor.catalogue().branches().getFirst().id()
                        : visit.branch(),
                visit.services(),
                null);
    }

    private static ModelAndView form(
            Visitor visitor, Visit visit, VisitForm form, Map<String, Object> more) {
        var shown = new HashMap<String, @Nullable Object>(more);
        shown.put("form", form);
        shown.put("summary", summary(visitor, visit));
        shown.put("action", visitor.url(visitor.home() + "/visit"));
        shown.put("otherService", visitor.url(visitor.home()));
        shown.put("otherBranch", visitor.url(visitor.home() + visit.at(null).query()));
        shown.put("branch", visit.branch() == null ? "" : visit.branch().text());
        shown.put("held", visit.held() == null ? "" : visit.held().toString());
        return page("book/visit", more.isEmpty() ? 200 : 422, visitor, shown);
    }

    /** What the visitor filled in is checked, and goes into the address. */
    @PostMapping("/book/{tenant}/visit")
    ModelAndView settle(Visitor visitor, HttpServletRequest request) {
        var visit = Visit.of(request);
        mustExist(visitor, visit);
        if (visit.services().isEmpty() || visit.branch() == null) {
            return goTo(visitor.url(visitor.home()));
        }
        var form = VisitForm.of(visitor, visit, rules, request, true);
        if (!form.isAnsweredRight()) {
            return form(visitor, visit, form, Map.of("isWrong", true));
        }
        try {
            rules.of(visitor.catalogue(), visit.wish(), Audience.PUBLIC);
        } catch (Refused refused) {
            return form(
                    visitor,
                    visit,
                    form,
                    Map.of("problem", ToldProblem.of(refused, problems, visitor)));
        }
        var mark = Screening.of(visitor, visit.services()).mark();
        return goTo(visitor.url(visitor.home() + visit.settled(mark).query()));
    }

    @GetMapping({"/book/{tenant}/visit", "/book/{tenant}/hold"})
    ModelAndView begin(Visitor visitor) {
        return goTo(visitor.url(visitor.home()));
    }

    private ModelAndView times(
            Visitor visitor, Visit visit, HttpServletRequest request, Map<String, Object> more) {
        var compiled = rules.of(visitor.catalogue(), visit.wish(), Audience.PUBLIC);
        var shown = new HashMap<String, @Nullable Object>(more);
        var address = visitor.home() + visit.query();
        shown.put(
                "times",
                Times.of(
                        visitor,
                        visit,
                        compiled,
                        availability.occupancy(visitor.tenant()),
                        clock.instant(),
                        address));
        shown.put("summary", summary(visitor, visit));
        shown.put("action", visitor.url(visitor.home() + "/hold" + visit.query()));
        shown.put("key", IdentifierFactory.getInstance().generateIdentifier());
        shown.put("held", visit.held() == null ? "" : visit.held().toString());
        shown.put("otherService", visitor.url(visitor.home()));
        shown.put("otherBranch", visitor.url(visitor.home() + visit.at(null).query()));
        shown.put(
                "otherVisit",
                VisitForm.of(visitor, visit, rules, request, false).asksAnything()
                        ? visitor.url(visitor.home() + visit.query().replace("&step=times", ""))
                        : null);
        shown.putIfAbsent("alternatives", List.of());
        return page("book/times", visitor, shown);
    }

    /**
     * Holds the chosen time. The same form sent again finds the hold that it led to.
     *
     * @see Holding#place
     */
    @PostMapping("/book/{tenant}/hold")
    ModelAndView hold(Visitor visitor, HttpServletRequest request) {
        var visit = Visit.of(request);
        mustExist(visitor, visit);
        var start = Visit.read(request, "start", Instant::parse);
        if (visit.services().isEmpty() || visit.branch() == null || start == null) {
            return goTo(visitor.url(visitor.home()));
        }
        if (visit.held() != null && isHeldAlready(visitor, visit.held(), start)) {
            return goTo(HoldController.address(visitor, visit.held(), visit.screened()));
        }
        try {
            var held = holding.place(visitor, visit.wish(), start, request.getParameter("key"));
            if (visit.held() != null && !visit.held().equals(held.reservation())) {
                giveBack(visitor, visit.held());
            }
            return goTo(HoldController.address(visitor, held.reservation(), visit.screened()));
        } catch (Refused refused) {
            if (!(refused.reason() instanceof SlotTaken)
                    && !(refused.reason() instanceof NotBookable)) {
                throw refused;
            }
            var problem = ToldProblem.of(refused, problems, visitor);
            var page =
                    times(
                            visitor,
                            visit,
                            request,
                            Map.of(
                                    "problem",
                                    problem,
                                    "alternatives",
                                    holding.alternatives(visitor, visit.wish(), start)));
            page.setStatus(HttpStatusCode.valueOf(problem.status()));
            return page;
        }
    }

    private boolean isHeldAlready(Visitor visitor, ReservationId hold, Instant start) {
        return register.find(visitor.tenant(), hold)
                .filter(entry -> entry.status() == ReservationStatus.RESERVED)
                .filter(entry -> entry.visit().start().equals(start))
                .isPresent();
    }

    private void giveBack(Visitor visitor, ReservationId hold) {
        register.find(visitor.tenant(), hold)
                .filter(entry -> entry.status() == ReservationStatus.RESERVED)
                .ifPresent(entry -> commands.sendAndWait(new Release(visitor.tenant(), hold)));
    }

    /** A tenant's colours as a style sheet; another colour has another address. */
    @GetMapping("/book/{tenant}/colours-{colour:[0-9A-Fa-f]{6}}.css")
    ResponseEntity<byte[]> colours(@PathVariable String colour) {
        var sheet = Colours.of("#" + colour).sheet().getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "css", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .eTag(ContentDigest.tag(sheet))
                .body(sheet);
    }
}
