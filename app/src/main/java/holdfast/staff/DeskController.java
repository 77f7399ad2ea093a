package holdfast.staff;

import static holdfast.staff.SignInController.seeOther;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.Refused;
import holdfast.reservation.ReservationCommand;
import holdfast.reservation.ReservationCommand.Arrive;
import holdfast.reservation.ReservationCommand.Cancel;
import holdfast.reservation.ReservationCommand.Complete;
import holdfast.reservation.ReservationCommand.Miss;
import holdfast.reservation.ReservationCommand.Release;
import holdfast.reservation.ReservationCommand.Reschedule;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.scheduling.Audience;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.SchedulingRefusal.UnknownBranch;
import holdfast.scheduling.VisitWish;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.IdentifierFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriUtils;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The day of a branch, and what the desk does with the appointments of that day. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/desk")
class DeskController extends StaffPage {

    /** What a day can say was just done on it. */
    private static final Set<String> DONE =
            Set.of("booked", "arrived", "completed", "missed", "moved", "cancelled", "closed");

    private final CommandGateway commands;
    private final DeskAppointments appointments;
    private final FreeTimes freeTimes;
    private final Refusals refusals;
    private final Clock clock;

    DeskController(
            Colleagues colleagues,
            CommandGateway commands,
            DeskAppointments appointments,
            FreeTimes freeTimes,
            Refusals refusals,
            Clock clock) {
        super(colleagues);
        this.commands = commands;
        this.appointments = appointments;
        this.freeTimes = freeTimes;
        this.refusals = refusals;
        this.clock = clock;
    }

    @GetMapping
    String day(Colleague me, HttpServletRequest request, Model model) {
        var asked = new Asked(request);
        var branch = branch(me, asked);
        var date = date(branch, asked);
        var visits = appointments.on(me.catalogue(), me.language(), branch, date);
        var now = clock.instant();
        model.addAttribute("branch", branch);
        model.addAttribute("date", date);
        model.addAttribute("today", today(branch));
        model.addAttribute("visits", visits);
        model.addAttribute("day", DeskDay.of(me.catalogue(), branch, date, visits, now));
        model.addAttribute("now", now);
        model.addAttribute("done", DONE.contains(asked.text("done")) ? asked.text("done") : null);
        return "staff/desk";
    }

    @GetMapping("/appointments/{id}")
    String appointment(Colleague me, @PathVariable String id, Model model) {
        return appointment(me, id, model, Map.of());
    }

    @PostMapping("/appointments/{id}/arrival")
    Object arrive(
            Colleague me, @PathVariable String id, HttpServletResponse response, Model model) {
        return tell(me, new Arrive(me.tenant(), idOf(id)), "arrived", response, model);
    }

    @PostMapping("/appointments/{id}/completion")
    Object complete(
            Colleague me, @PathVariable String id, HttpServletResponse response, Model model) {
        return tell(me, new Complete(me.tenant(), idOf(id)), "completed", response, model);
    }

    @PostMapping("/appointments/{id}/no-show")
    Object miss(Colleague me, @PathVariable String id, HttpServletResponse response, Model model) {
        return tell(me, new Miss(me.tenant(), idOf(id)), "missed", response, model);
    }

    @PostMapping("/appointments/{id}/cancellation")
    Object cancel(
            Colleague me,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        var reason = new Asked(request).textOrNull("reason");
        var cancel = new Cancel(me.tenant(), idOf(id), reason, clock.instant(), Audience.STAFF);
        return tell(me, cancel, "cancelled", response, model);
    }

    @GetMapping("/appointments/{id}/move")
    String move(Colleague me, @PathVariable String id, HttpServletRequest request, Model model) {
        return move(me, id, new Asked(request), model);
    }

    @PostMapping("/appointments/{id}/move")
    Object moveTo(
            Colleague me,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        var asked = new Asked(request);
        var visit = appointments.find(me.catalogue(), me.language(), id);
        var start = asked.read("start", Instant::parse);
        if (start == null) {
            return move(me, id, asked, model);
        }
        var length = visit.end().toInstant().getEpochSecond() - visit.start().toEpochSecond();
        var slot =
                freeTimes
                        .on(me.catalogue(), wishOf(visit), dateOf(me, visit, asked), Audience.STAFF)
                        .stream()
                        .filter(free -> free.start().equals(start))
                        .findFirst()
                        .orElse(new FreeSlot(start, start.plusSeconds(length), 0, List.of()));
        try {
            moveTo(me, visit, slot);
        } catch (Refused refused) {
            model.addAllAttributes(problem(me, refused, response));
            return move(me, id, asked, model);
        }
        return seeOther(dayOf(me, appointments.find(me.catalogue(), me.language(), id), "moved"));
    }

    /**
     * By a hold, under the rules for staff; it is given back if the appointment cannot take its
     * time.
     */
    private void moveTo(Colleague me, DeskAppointment visit, FreeSlot slot) {
        var hold = newId();
        commands.sendAndWait(
                new Reserve(
                        me.tenant(),
                        hold,
                        wishOf(visit),
                        slot.start(),
                        slot.end(),
                        null,
                        Audience.STAFF));
        try {
            commands.sendAndWait(
                    new Reschedule(
                            me.tenant(), idOf(visit.id()), hold, clock.instant(), Audience.STAFF));
        } catch (Refused refused) {
            commands.sendAndWait(new Release(me.tenant(), hold));
            throw refused;
        }
    }

    private String move(Colleague me, String id, Asked asked, Model model) {
        var visit = appointments.find(me.catalogue(), me.language(), id);
        var date = dateOf(me, visit, asked);
        model.addAttribute("visit", visit);
        model.addAttribute("date", date);
        model.addAttribute("zone", visit.start().getZone());
        try {
            model.addAttribute(
                    "times", freeTimes.on(me.catalogue(), wishOf(visit), date, Audience.STAFF));
        } catch (Refused refused) {
            model.addAttribute("times", List.of());
            model.addAttribute("problem", refusals.problemOf(me, refused));
        }
        return "staff/move";
    }

    private static LocalDate dateOf(Colleague me, DeskAppointment visit, Asked asked) {
        return Objects.requireNonNullElse(
                asked.read("date", LocalDate::parse), visit.start().toLocalDate());
    }

    private static VisitWish wishOf(DeskAppointment visit) {
        return new VisitWish(visit.branch(), visit.booked(), null);
    }

    @GetMapping("/booking")
    String booking(Colleague me, HttpServletRequest request, Model model) {
        return booking(me, form(me, request), Map.of(), model);
    }

    @PostMapping("/booking")
    Object book(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var form = form(me, request);
        var faults = form.service() == null ? Map.<String, String>of() : form.faults(me);
        if (form.service() == null || !faults.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return booking(me, form, faults, model);
        }
        if (appointments.isThere(me.catalogue(), form.id())) {
            return booked(me, form); // the same form, sent again
        }
        try {
            var slot =
                    freeTimes.on(me.catalogue(), form.wish(), form.date(), Audience.STAFF).stream()
                            .filter(free -> free.start().equals(form.start()))
                            .findFirst()
                            .orElseThrow(() -> new Refused(new Gone()));
            commands.sendAndWait(form.asCommand(me, slot));
        } catch (Refused refused) {
            if (refused.reason() instanceof Gone) {
                response.setStatus(HttpStatus.CONFLICT.value());
                return booking(me, form, Map.of("start", "staff.booking.start.gone"), model);
            }
            model.addAllAttributes(problem(me, refused, response));
            return booking(me, form, Map.of(), model);
        }
        return booked(me, form);
    }

    private static RedirectView booked(Colleague me, BookingForm form) {
        return seeOther(dayOf(me, form.branch().id(), form.date(), "booked"));
    }

    /** The time was taken while the form was filled in. */
    private record Gone() implements Refusal {}

    private BookingForm form(Colleague me, HttpServletRequest request) {
        var asked = new Asked(request);
        var branch = branch(me, asked);
        return BookingForm.of(branch, date(branch, asked), asked);
    }

    private String booking(
            Colleague me, BookingForm form, Map<String, String> faults, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("faults", faults);
        model.addAttribute(
                "services",
                me.catalogue().services().stream()
                        .filter(
                                service ->
                                        me.catalogue()
                                                .offer(service.id(), form.branch().id())
                                                .isPresent())
                        .toList());
        if (form.service() != null) {
            model.addAttribute("questions", form.questions(me));
            model.addAttribute("times", times(me, form, model));
        }
        return "staff/booking";
    }

    private List<FreeSlot> times(Colleague me, BookingForm form, Model model) {
        try {
            return freeTimes.on(me.catalogue(), form.wish(), form.date(), Audience.STAFF);
        } catch (Refused refused) {
            model.addAttribute("problem", refusals.problemOf(me, refused));
            return List.of();
        }
    }

    private Object tell(
            Colleague me,
            ReservationCommand command,
            String done,
            HttpServletResponse response,
            Model model) {
        var id = command.reservation().toString();
        var visit = appointments.find(me.catalogue(), me.language(), id);
        try {
            commands.sendAndWait(command);
        } catch (Refused refused) {
            return appointment(me, id, model, problem(me, refused, response));
        }
        return seeOther(dayOf(me, visit, done));
    }

    private String appointment(Colleague me, String id, Model model, Map<String, Object> more) {
        model.addAttribute("visit", appointments.find(me.catalogue(), me.language(), id));
        model.addAttribute("now", clock.instant());
        model.addAllAttributes(more);
        return "staff/appointment";
    }

    private Map<String, Object> problem(
            Colleague me, Refused refused, HttpServletResponse response) {
        var problem = refusals.problemOf(me, refused);
        response.setStatus(problem.getStatus());
        return Map.of("problem", problem);
    }

    private static String dayOf(Colleague me, DeskAppointment visit, String done) {
        return dayOf(me, visit.branch(), visit.start().toLocalDate(), done);
    }

    /**
     * @param done the last part of the name of the text that says what was done
     */
    static String dayOf(Colleague me, BranchId branch, LocalDate date, String done) {
        return "%s/desk?branch=%s&date=%s&done=%s"
                .formatted(me.home(), UriUtils.encode(branch.text(), UTF_8), date, done);
    }

    /** As asked for; else the first there is. */
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

    private LocalDate date(Branch branch, Asked asked) {
        return Objects.requireNonNullElse(asked.read("date", LocalDate::parse), today(branch));
    }

    private LocalDate today(Branch branch) {
        return LocalDate.ofInstant(clock.instant(), branch.timeZone());
    }

    private static ReservationId idOf(String id) {
        return DeskAppointments.idOf(id);
    }

    static ReservationId newId() {
        return ReservationId.of(IdentifierFactory.getInstance().generateIdentifier());
    }
}
