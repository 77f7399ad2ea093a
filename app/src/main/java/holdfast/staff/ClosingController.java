package holdfast.staff;

import static holdfast.staff.SignInController.seeOther;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueEdit;
import holdfast.catalogue.CataloguePreview;
import holdfast.catalogue.Closure;
import holdfast.catalogue.EditCatalogue;
import holdfast.catalogue.Entries;
import holdfast.catalogue.PlacedClosure;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.Refused;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.Stranded;
import holdfast.catalogue.Stranding;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Closes a branch, a pool or a resource for some of a day, once the desk has seen whom that hits.
 */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/desk/closure")
class ClosingController extends StaffPage {

    private static final int LONGEST_REASON = 255;

    private final CommandGateway commands;
    private final DeskAppointments appointments;
    private final Stranding stranding;
    private final Refusals refusals;
    private final Clock clock;

    ClosingController(
            Colleagues colleagues,
            CommandGateway commands,
            DeskAppointments appointments,
            Stranding stranding,
            Refusals refusals,
            Clock clock) {
        super(colleagues);
        this.commands = commands;
        this.appointments = appointments;
        this.stranding = stranding;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** What can be closed. */
    record Choice(String value, String name) {}

    /**
     * As it was typed.
     *
     * @param what a {@link Choice}'s value; empty: the branch
     * @param from null: from the beginning of the day
     * @param to null: until its end
     */
    record Form(
            Branch branch,
            LocalDate date,
            String what,
            @Nullable LocalTime from,
            @Nullable LocalTime to,
            String reason) {

        boolean isTurnedRound() {
            return from != null && to != null && !from.isBefore(to);
        }

        CatalogueEdit asEdit() {
            var zone = branch.timeZone();
            var start = date.atTime(from == null ? LocalTime.MIDNIGHT : from).atZone(zone);
            var end =
                    to == null ? date.plusDays(1).atStartOfDay(zone) : date.atTime(to).atZone(zone);
            var closure = new Closure(start.toOffsetDateTime(), end.toOffsetDateTime(), reason);
            return new CatalogueEdit.Put<>(Entries.CLOSURES, placed(closure), null);
        }

        private PlacedClosure placed(Closure closure) {
            var parts = what.split(":", 2);
            return switch (parts[0]) {
                case "pool" -> PlacedClosure.ofPool(PoolId.of(parts[1]), closure);
                case "resource" -> PlacedClosure.ofResource(ResourceId.of(parts[1]), closure);
                default -> PlacedClosure.ofBranch(branch.id(), closure);
            };
        }
    }

    @GetMapping
    String form(Colleague me, HttpServletRequest request, Model model) {
        return form(me, read(me, request), model);
    }

    /** Shows whom it hits, or closes if that was seen. */
    @PostMapping
    Object close(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var form = read(me, request);
        if (form.isTurnedRound() || form.reason().isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("wrong", form.isTurnedRound() ? "hours" : "reason");
            return form(me, form, model);
        }
        try {
            if (request.getParameter("seen") != null) {
                commands.sendAndWait(new EditCatalogue(me.tenant(), form.asEdit()));
                return seeOther(
                        DeskController.dayOf(me, form.branch().id(), form.date(), "closed"));
            }
            model.addAttribute("hit", hitBy(me, form.asEdit()));
        } catch (Refused refused) {
            var problem = refusals.problemOf(me, refused);
            response.setStatus(problem.getStatus());
            model.addAttribute("problem", problem);
        }
        return form(me, form, model);
    }

    /** The appointments that would not fit any more, and do so far. */
    private List<DeskAppointment> hitBy(Colleague me, CatalogueEdit edit) {
        var before = strandedBy(me.catalogue());
        return stranding.strandedBy(CataloguePreview.of(edit, me.catalogue()).after()).stream()
                .map(Stranded::appointmentId)
                .filter(id -> !before.contains(id))
                .map(id -> appointments.find(me.catalogue(), me.language(), id))
                .toList();
    }

    private Set<String> strandedBy(Catalogue catalogue) {
        return stranding.strandedBy(catalogue).stream()
                .map(Stranded::appointmentId)
                .collect(Collectors.toSet());
    }

    private String form(Colleague me, Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("choices", choices(me.catalogue(), form.branch()));
        return "staff/closure";
    }

    private static List<Choice> choices(Catalogue catalogue, Branch branch) {
        var choices = new ArrayList<Choice>();
        for (var pool : catalogue.document().resourcePools()) {
            if (pool.branch().equals(branch.id())) {
                choices.add(new Choice("pool:" + pool.id(), pool.name()));
                for (var resource : pool.resources()) {
                    choices.add(
                            new Choice(
                                    "resource:" + resource.id(),
                                    pool.name() + " – " + resource.name()));
                }
            }
        }
        return choices;
    }

    private Form read(Colleague me, HttpServletRequest request) {
        var asked = new Asked(request);
        var branch = DeskController.branch(me, asked);
        var reason = asked.text("reason");
        return new Form(
                branch,
                Objects.requireNonNullElseGet(
                        asked.read("date", LocalDate::parse),
                        () -> LocalDate.ofInstant(clock.instant(), branch.timeZone())),
                asked.text("what").matches("(pool|resource):.+") ? asked.text("what") : "",
                asked.read("from", LocalTime::parse),
                asked.read("to", LocalTime::parse),
                reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    }
}
