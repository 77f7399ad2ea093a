package holdfast.staff.catalogue;

import static holdfast.staff.SignInController.seeOther;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.ApplyCatalogue;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueChange;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.CataloguePreview;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Stranded;
import holdfast.catalogue.Stranding;
import holdfast.http.Malformed;
import holdfast.http.Problems;
import holdfast.http.StrictJson;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;
import holdfast.staff.Colleagues;
import holdfast.staff.Refusals;
import holdfast.staff.StaffPage;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The catalogue as it stands, and another document in its place: first what would change and whom
 * that would strand, then, if that was seen, the change itself.
 */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/catalogue")
class CataloguePageController extends StaffPage {

    private final CommandGateway commands;
    private final Stranding stranding;
    private final Refusals refusals;
    private final JsonMapper json;

    CataloguePageController(
            Colleagues colleagues,
            CommandGateway commands,
            Stranding stranding,
            Refusals refusals,
            JsonMapper json) {
        super(colleagues);
        this.commands = commands;
        this.stranding = stranding;
        this.refusals = refusals;
        this.json = json;
    }

    @GetMapping
    String show(Colleague me, HttpServletRequest request, Model model) {
        var changed = new Asked(request).textOrNull("changed");
        model.addAttribute(
                "changed", changed != null && changed.matches("\\d{1,7}") ? changed : null);
        model.addAttribute("document", me.catalogue().document());
        return "staff/catalogue/catalogue";
    }

    /** The document, to be kept, changed, and brought back. */
    @GetMapping("/document")
    ResponseEntity<byte[]> document(Colleague me) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s.json\"".formatted(me.tenant()))
                .body(written(me.catalogue()).getBytes(UTF_8));
    }

    @GetMapping("/changes")
    String form(Colleague me, Model model) {
        model.addAttribute("text", written(me.catalogue()));
        return "staff/catalogue/changes";
    }

    /** Shows what would change, or changes it if that was seen of the catalogue as it stands. */
    @PostMapping("/changes")
    Object change(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var asked = new Asked(request);
        var text = asked.text("document");
        model.addAttribute("text", text);
        try {
            var document = StrictJson.read(text.getBytes(UTF_8), CatalogueDocument.class);
            var preview = CataloguePreview.of(document, me.catalogue());
            var seen = asked.textOrNull("seen");
            if (seen != null && seen.equals(version(me.catalogue()))) {
                var changes =
                        commands.<List<CatalogueChange>>sendAndWait(
                                new ApplyCatalogue(me.tenant(), document));
                return seeOther(me.home() + "/catalogue?changed=" + changes.size());
            }
            model.addAttribute("isOutdated", seen != null);
            show(me.catalogue(), document, preview, model);
        } catch (Malformed malformed) {
            show(me.telling().told(Problems.malformedBody(malformed.faults())), response, model);
        } catch (Refused refused) {
            show(refusals.problemOf(me, refused), response, model);
        }
        return "staff/catalogue/changes";
    }

    private void show(
            Catalogue now, CatalogueDocument document, CataloguePreview preview, Model model) {
        var before = strandedBy(now);
        model.addAttribute("version", version(now));
        model.addAttribute("count", preview.changes().size());
        model.addAttribute(
                "kinds", new Differences(json, now.document(), document).of(preview.changes()));
        model.addAttribute(
                "stranded",
                stranding.strandedBy(preview.after()).stream()
                        .filter(each -> !before.contains(each.appointmentId()))
                        .toList());
    }

    private static void show(ProblemDetail problem, HttpServletResponse response, Model model) {
        response.setStatus(problem.getStatus());
        model.addAttribute("problem", problem);
        var properties = problem.getProperties();
        model.addAttribute("faults", properties == null ? List.of() : properties.get("errors"));
    }

    private Set<String> strandedBy(Catalogue catalogue) {
        return stranding.strandedBy(catalogue).stream()
                .map(Stranded::appointmentId)
                .collect(Collectors.toSet());
    }

    private static String version(Catalogue catalogue) {
        return Long.toString(catalogue.revision());
    }

    private String written(Catalogue catalogue) {
        return json.writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(catalogue.document());
    }
}
