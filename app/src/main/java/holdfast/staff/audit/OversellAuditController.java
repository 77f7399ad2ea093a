package holdfast.staff.audit;

import holdfast.audit.oversell.OversellProofs;
import holdfast.catalogue.ResourcePool;
import holdfast.staff.Colleague;
import holdfast.staff.Colleagues;
import holdfast.staff.StaffPage;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Shows that nothing was ever given twice. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/audit/no-oversell")
class OversellAuditController extends StaffPage {

    private final OversellProofs proofs;
    private final AuditWords words;

    OversellAuditController(Colleagues colleagues, OversellProofs proofs, AuditWords words) {
        super(colleagues);
        this.proofs = proofs;
        this.words = words;
    }

    /** The most that was ever taken of a pool or a resource. */
    record Row(String places, int capacity, int peak, String at) {}

    @GetMapping
    String ask(Colleague me) {
        return "staff/audit/no-oversell";
    }

    /** Reads the whole log, which takes its time. */
    @PostMapping
    String prove(Colleague me, Model model) throws SQLException {
        var zone = me.catalogue().tenant().timeZone();
        var names = names(me);
        var result = proofs.prove(me.tenant());
        model.addAttribute("result", result);
        model.addAttribute(
                "rows",
                result.peaks().stream()
                        .map(
                                peak ->
                                        new Row(
                                                names.getOrDefault(peak.places(), peak.places()),
                                                peak.capacity(),
                                                peak.peak(),
                                                words.instant(me, peak.at(), zone)))
                        .toList());
        return "staff/audit/no-oversell";
    }

    /** Of pools, and of resources after their pools', by id. */
    private static Map<String, String> names(Colleague me) {
        var names = new HashMap<String, String>();
        for (ResourcePool pool : me.catalogue().document().resourcePools()) {
            names.put(pool.id().toString(), pool.name());
            pool.resources()
                    .forEach(
                            each ->
                                    names.put(
                                            each.id().toString(),
                                            pool.name() + " – " + each.name()));
        }
        return names;
    }
}
