package holdfast.staff.audit;

import holdfast.audit.EventView;
import holdfast.audit.PersonalFields;
import holdfast.audit.feed.TenantEvents;
import holdfast.followers.FollowedTables;
import holdfast.followers.LoggedEvent;
import holdfast.http.Problems;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;
import holdfast.staff.Colleagues;
import holdfast.staff.StaffPage;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

import java.util.Optional;
import java.util.Set;

/** The tenant's log, page by page, and one event of it. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/audit/events")
class EventAuditController extends StaffPage {

    private static final int OF_A_PAGE = 50;
    private static final Set<String> KINDS =
            Set.of("reservation", "catalogue", "customer", "members", "security");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final FollowedTables tables;
    private final TenantEvents events;
    private final AuditWords words;

    EventAuditController(
            Colleagues colleagues, FollowedTables tables, TenantEvents events, AuditWords words) {
        super(colleagues);
        this.tables = tables;
        this.events = events;
        this.words = words;
    }

    /** An event of the list. */
    record Row(long position, String at, String what, String actor, String stream) {}

    /** Newest first; {@code before} a position, of one {@code kind} or of all. */
    @GetMapping
    String list(Colleague me, HttpServletRequest request, Model model) {
        var asked = new Asked(request);
        var before = asked.read("before", Long::valueOf);
        var kind = KINDS.contains(asked.text("kind")) ? asked.text("kind") : "";
        tables.catchUp(TenantEvents.NAME);
        var page =
                events.before(
                        me.tenant(), before == null ? Long.MAX_VALUE : before, kind, OF_A_PAGE);
        model.addAttribute("kinds", KINDS.stream().sorted().toList());
        model.addAttribute("kind", kind);
        model.addAttribute("before", before);
        model.addAttribute("rows", page.stream().map(event -> row(me, event)).toList());
        model.addAttribute("more", page.size() == OF_A_PAGE ? page.getLast().position() : null);
        model.addAttribute("zone", me.catalogue().tenant().timeZone());
        return "staff/audit/events";
    }

    @GetMapping("/{id}")
    String one(Colleague me, @PathVariable String id, Model model) {
        var event =
                Optional.of(id)
                        .filter(text -> text.matches("\\d{1,18}"))
                        .map(Long::parseLong)
                        .flatMap(position -> find(me, position))
                        .orElseThrow(EventAuditController::unknown);
        var shown = PersonalFields.unread().shown(JSON.readTree(event.payload()));
        model.addAttribute("row", row(me, event));
        model.addAttribute("event", EventView.of(event, shown));
        model.addAttribute(
                "payload", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(shown));
        model.addAttribute("isReservation", event.name().startsWith("reservation."));
        return "staff/audit/event";
    }

    private Optional<LoggedEvent> find(Colleague me, long position) {
        tables.catchUp(TenantEvents.NAME);
        return events.before(me.tenant(), position + 1, "", 1).stream()
                .filter(event -> event.position() == position)
                .findFirst();
    }

    private static ErrorResponseException unknown() {
        return new ErrorResponseException(
                HttpStatus.NOT_FOUND,
                Problems.problem("event-unknown", "The log of this tenant has no such event."),
                null);
    }

    private Row row(Colleague me, LoggedEvent event) {
        var view = EventView.of(event, NullNode.getInstance());
        return new Row(
                event.position(),
                words.instant(me, event.recordedAt(), me.catalogue().tenant().timeZone()),
                words.event(me, event.name()),
                words.actor(me, view.actor()),
                event.stream());
    }
}
