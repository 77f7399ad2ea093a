package holdfast.staff.audit;

import static holdfast.staff.SignInController.seeOther;

import holdfast.audit.AuditRefusal.NoSuchReservation;
import holdfast.audit.history.ReservationHistory;
import holdfast.catalogue.Branch;
import holdfast.catalogue.Refused;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.TimeRange;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;
import holdfast.staff.Colleagues;
import holdfast.staff.Refusals;
import holdfast.staff.StaffPage;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Finds a reservation and shows its time-line. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/audit")
class ReservationAuditController extends StaffPage {

    private final Register register;
    private final ReservationHistory history;
    private final AuditWords words;
    private final Refusals refusals;
    private final Clock clock;

    ReservationAuditController(
            Colleagues colleagues,
            Register register,
            ReservationHistory history,
            AuditWords words,
            Refusals refusals,
            Clock clock) {
        super(colleagues);
        this.register = register;
        this.history = history;
        this.words = words;
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * An appointment of a day; nobody is named.
     *
     * @param status as part of a text's key
     */
    record Found(String id, String from, String to, String services, String status) {}

    /** By the id, or the appointments of a day. */
    @GetMapping
    Object find(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var asked = new Asked(request);
        var id = asked.textOrNull("id");
        if (id != null) {
            try {
                var found = idOf(id);
                history.of(me.tenant(), found);
                return seeOther(me.home() + "/audit/reservations/" + found);
            } catch (Refused refused) {
                var problem = refusals.problemOf(me, refused);
                response.setStatus(problem.getStatus());
                model.addAttribute("problem", problem);
            }
        }
        model.addAttribute("id", id);
        if (!me.catalogue().branches().isEmpty()) {
            var branch = DayQuestion.branch(me, asked);
            var date =
                    Objects.requireNonNullElseGet(
                            asked.read("date", LocalDate::parse),
                            () -> LocalDate.ofInstant(clock.instant(), branch.timeZone()));
            model.addAttribute("branch", branch);
            model.addAttribute("date", date);
            var day =
                    new TimeRange(
                            date.atStartOfDay(branch.timeZone()).toInstant(),
                            date.plusDays(1).atStartOfDay(branch.timeZone()).toInstant());
            model.addAttribute(
                    "found",
                    register.appointmentsAt(me.tenant(), branch.id(), day).stream()
                            .map(entry -> found(me, branch, entry))
                            .toList());
        }
        return "staff/audit/find";
    }

    private Found found(Colleague me, Branch branch, RegisterEntry entry) {
        return new Found(
                entry.reservation().toString(),
                me.time(entry.visit().start().atZone(branch.timeZone())),
                me.time(entry.visit().end().atZone(branch.timeZone())),
                entry.services().stream()
                        .map(booked -> words.service(me, booked.service()))
                        .collect(Collectors.joining(", ")),
                entry.status().name().toLowerCase(Locale.ROOT));
    }

    @GetMapping("/reservations/{id}")
    String timeLine(Colleague me, @PathVariable String id, Model model) {
        var reservation = idOf(id);
        model.addAttribute("id", reservation);
        model.addAttribute("line", TimeLine.of(me, words, history.of(me.tenant(), reservation)));
        return "staff/audit/time-line";
    }

    /**
     * @throws Refused if the text names no reservation
     */
    private static ReservationId idOf(String id) {
        try {
            return ReservationId.of(id);
        } catch (IllegalArgumentException noUuid) {
            throw new Refused(new NoSuchReservation());
        }
    }
}
