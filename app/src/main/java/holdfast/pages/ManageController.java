package holdfast.pages;

import holdfast.catalogue.RefusalProblems;
import holdfast.catalogue.Refused;
import holdfast.reservation.AppointmentFile;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand.Cancel;
import holdfast.reservation.ReservationCommand.Release;
import holdfast.reservation.ReservationCommand.Reschedule;
import holdfast.reservation.ReservationRefusal.UnknownReservation;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Audience;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.SchedulingRefusal.NotBookable;
import holdfast.scheduling.SchedulingRefusal.SlotTaken;
import holdfast.scheduling.SlotAvailability;
import holdfast.scheduling.VisitWish;

import jakarta.servlet.http.HttpServletRequest;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.IdentifierFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the customer can do with an appointment, by its link: see it, move it, call it off, keep it
 * in a calendar. The page names nobody, since a link may be passed on.
 */
@Controller
class ManageController extends PageController {

    private static final int LONGEST_REASON = 2048;

    private final Register register;
    private final CommandGateway commands;
    private final ManageLinks links;
    private final Holding holding;
    private final RuleBook rules;
    private final SlotAvailability availability;
    private final AppointmentFile files;
    private final List<RefusalProblems> problems;
    private final Clock clock;

    ManageController(
            Register register,
            CommandGateway commands,
            ManageLinks links,
            Holding holding,
            RuleBook rules,
            SlotAvailability availability,
            AppointmentFile files,
            ObjectProvider<RefusalProblems> problems,
            Clock clock) {
        this.register = register;
        this.commands = commands;
        this.links = links;
        this.holding = holding;
        this.rules = rules;
        this.availability = availability;
        this.files = files;
        this.problems = problems.stream().toList();
        this.clock = clock;
    }

    static String address(Visitor visitor, ManageLinks links, ReservationId appointment) {
        return visitor.url(path(visitor, links.tokenOf(visitor.tenant(), appointment)));
    }

    private static String path(Visitor visitor, String token) {
        return "/manage/" + Visitor.encoded(visitor.tenant().text()) + "/" + token;
    }

    @GetMapping("/manage/{tenant}/{token}")
    ModelAndView show(Visitor visitor, @PathVariable String token, HttpServletRequest request) {
        var news = request.getParameter("news");
        return appointment(
                visitor,
                token,
                find(visitor, token),
                news != null && news.matches("booked|moved|cancelled") ? news : null,
                null,
                "");
    }

    private ModelAndView appointment(
            Visitor visitor,
            String token,
            RegisterEntry entry,
            @Nullable String news,
            @Nullable ToldProblem problem,
            String reason) {
        var deadline =
                entry.visit()
                        .start()
                        .minus(visitor.catalogue().tenant().settings().cancelDeadline());
        var isComing = entry.status() == ReservationStatus.CONFIRMED;
        var zone =
                visitor.catalogue()
                        .branch(entry.branch())
                        .map(branch -> branch.timeZone())
                        .orElse(visitor.catalogue().tenant().timeZone());
        var path = path(visitor, token);
        var shown = new HashMap<String, @Nullable Object>();
        shown.put("summary", Summary.of(visitor, entry.branch(), entry.services(), entry.visit()));
        shown.put("status", entry.status().name());
        shown.put("news", news);
        shown.put("problem", problem);
        shown.put("reason", reason);
        shown.put("isComing", isComing);
        shown.put("isChangeable", isComing && clock.instant().isBefore(deadline));
        shown.put("deadline", visitor.dateAndTime(deadline, zone));
        shown.put("times", visitor.url(path + "/times"));
        shown.put("cancel", visitor.url(path + "/cancellation"));
        shown.put("file", visitor.url(path + "/appointment.ics"));
        shown.put("link", path);
        shown.put("another", visitor.url(visitor.home()));
        return page("manage/appointment", problem == null ? 200 : problem.status(), visitor, shown);
    }

    @GetMapping("/manage/{tenant}/{token}/appointment.ics")
    ResponseEntity<byte[]> file(Visitor visitor, @PathVariable String token) {
        var id = find(visitor, token).reservation().toString();
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "calendar", StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"appointment.ics\"")
                .body(files.of(visitor.catalogue(), visitor.language(), id));
    }

    @GetMapping("/manage/{tenant}/{token}/cancellation")
    ModelAndView back(Visitor visitor, @PathVariable String token) {
        return goTo(visitor.url(path(visitor, token)));
    }

    @PostMapping("/manage/{tenant}/{token}/cancellation")
    ModelAndView cancel(Visitor visitor, @PathVariable String token, HttpServletRequest request) {
        var askedAt = clock.instant();
        var entry = find(visitor, token);
        var reason = Visit.read(request, "reason", text -> text);
        var kept =
                reason == null
                        ? null
                        : reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
        try {
            commands.sendAndWait(new Cancel(visitor.tenant(), entry.reservation(), kept, askedAt));
            return goTo(news(visitor, token, "cancelled"));
        } catch (Refused refused) {
            return appointment(
                    visitor,
                    token,
                    entry,
                    null,
                    ToldProblem.of(refused, problems, visitor),
                    reason == null ? "" : reason);
        }
    }

    private static String news(Visitor visitor, String token, String news) {
        return visitor.url(path(visitor, token) + "?news=" + news);
    }

    /** Other times for the same services at the same branch. */
    @GetMapping("/manage/{tenant}/{token}/times")
    ModelAndView times(Visitor visitor, @PathVariable String token, HttpServletRequest request) {
        return times(visitor, token, find(visitor, token), request, Map.of());
    }

    private ModelAndView times(
            Visitor visitor,
            String token,
            RegisterEntry entry,
            HttpServletRequest request,
            Map<String, Object> more) {
        var visit = Visit.again(entry.branch(), entry.services(), request);
        var path = path(visitor, token);
        var shown = new HashMap<String, @Nullable Object>(more);
        shown.put(
                "times",
                Times.of(
                        visitor,
                        visit,
                        rules.of(visitor.catalogue(), visit.wish(), Audience.PUBLIC),
                        availability.occupancy(visitor.tenant()),
                        clock.instant(),
                        path + "/times?"));
        shown.put("summary", Summary.of(visitor, entry.branch(), entry.services(), entry.visit()));
        shown.put("action", visitor.url(path + "/times"));
        shown.put("back", visitor.url(path));
        shown.put("key", IdentifierFactory.getInstance().generateIdentifier());
        shown.put("held", "");
        shown.putIfAbsent("alternatives", List.of());
        var status = more.get("problem") instanceof ToldProblem problem ? problem.status() : 200;
        return page("manage/times", status, visitor, shown);
    }

    /** Holds the chosen time and moves the appointment to it; of the old time nothing is left. */
    @PostMapping("/manage/{tenant}/{token}/times")
    ModelAndView move(Visitor visitor, @PathVariable String token, HttpServletRequest request) {
        var askedAt = clock.instant();
        var entry = find(visitor, token);
        var start = Visit.read(request, "start", Instant::parse);
        if (start == null) {
            return goTo(visitor.url(path(visitor, token) + "/times"));
        }
        if (entry.visit().start().equals(start)) {
            return goTo(news(visitor, token, "moved")); // sent twice, or not moved at all
        }
        var wish = new VisitWish(entry.branch(), entry.services(), null);
        try {
            var held = holding.place(visitor, wish, start, request.getParameter("key"));
            moveTo(visitor, entry, held.reservation(), askedAt);
            return goTo(news(visitor, token, "moved"));
        } catch (Refused refused) {
            var problem = ToldProblem.of(refused, problems, visitor);
            if (refused.reason() instanceof SlotTaken || refused.reason() instanceof NotBookable) {
                return times(
                        visitor,
                        token,
                        entry,
                        request,
                        Map.of(
                                "problem",
                                problem,
                                "alternatives",
                                holding.alternatives(visitor, wish, start)));
            }
            return appointment(visitor, token, entry, null, problem, "");
        }
    }

    private void moveTo(Visitor visitor, RegisterEntry entry, ReservationId hold, Instant askedAt) {
        try {
            commands.sendAndWait(
                    new Reschedule(visitor.tenant(), entry.reservation(), hold, askedAt));
        } catch (Refused refused) {
            commands.sendAndWait(new Release(visitor.tenant(), hold));
            throw refused;
        }
    }

    private RegisterEntry find(Visitor visitor, String token) {
        return links.read(visitor.tenant(), token)
                .flatMap(id -> register.find(visitor.tenant(), id))
                .filter(RegisterEntry::isAppointment)
                .orElseThrow(() -> new Refused(new UnknownReservation(token)));
    }
}
