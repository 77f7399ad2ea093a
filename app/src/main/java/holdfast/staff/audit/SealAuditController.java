package holdfast.staff.audit;

import holdfast.catalogue.Refused;
import holdfast.seals.Export;
import holdfast.seals.Hash;
import holdfast.seals.Proof;
import holdfast.seals.Proofs;
import holdfast.seals.SealKeys;
import holdfast.seals.SignedHead;
import holdfast.seals.TreeHead;
import holdfast.seals.TreeHeads;
import holdfast.staff.Asked;
import holdfast.staff.Colleague;
import holdfast.staff.Colleagues;
import holdfast.staff.Refusals;
import holdfast.staff.StaffPage;

import io.swagger.v3.oas.annotations.Hidden;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** What proves the log, checked in front of the auditor. */
@Controller
@Hidden
@RequestMapping("/staff/{tenant}/audit")
@ConditionalOnBooleanProperty(name = "holdfast.seals", matchIfMissing = true)
class SealAuditController extends StaffPage {

    private static final int HEADS = 20;

    private final TreeHeads heads;
    private final Proofs proofs;
    private final SealKeys keys;
    private final Export export;
    private final AuditWords words;
    private final Refusals refusals;

    SealAuditController(
            Colleagues colleagues,
            TreeHeads heads,
            Proofs proofs,
            SealKeys keys,
            Export export,
            AuditWords words,
            Refusals refusals) {
        super(colleagues);
        this.heads = heads;
        this.proofs = proofs;
        this.keys = keys;
        this.export = export;
        this.words = words;
        this.refusals = refusals;
    }

    /**
     * @param genuine whether one of the published keys signed it
     */
    record Head(long size, long position, Hash root, String at, String keyId, boolean genuine) {}

    /** {@code event}: a position to prove; {@code from} and {@code root}: a head that was noted. */
    @GetMapping("/seals")
    String seals(
            Colleague me, HttpServletRequest request, HttpServletResponse response, Model model) {
        var asked = new Asked(request);
        var tenant = me.tenant().text();
        long signed = heads.of(tenant, 1).stream().mapToLong(TreeHead::size).findFirst().orElse(0);
        heads.now(tenant);
        var published = keys.published();
        var newest = heads.of(tenant, HEADS).stream().map(it -> head(me, it, published)).toList();
        model.addAttribute("heads", newest);
        model.addAttribute("keys", published);
        model.addAttribute("behind", newest.isEmpty() ? 0 : newest.getFirst().size() - signed);
        model.addAttribute("event", asked.text("event"));
        model.addAttribute("from", asked.text("from"));
        model.addAttribute("root", asked.text("root"));
        try {
            prove(tenant, asked, model);
        } catch (Refused refused) {
            var problem = refusals.problemOf(me, refused);
            response.setStatus(problem.getStatus());
            model.addAttribute("problem", problem);
        }
        return "staff/audit/seals";
    }

    private Head head(Colleague me, TreeHead head, List<SignedHead.Key> published) {
        return new Head(
                head.size(),
                head.position(),
                head.root(),
                words.instant(me, head.signedAt(), me.catalogue().tenant().timeZone()),
                head.keyId(),
                published.stream()
                        .filter(key -> key.keyId().equals(head.keyId()))
                        .anyMatch(
                                key ->
                                        head.isSignedWith(
                                                Base64.getDecoder().decode(key.publicKey()))));
    }

    private void prove(String tenant, Asked asked, Model model) {
        if (!asked.text("event").isEmpty()) {
            var proof = proofs.inclusion(tenant, asked.text("event"), null);
            var steps = Proof.steps(proof.hash(), proof.leaf(), proof.size(), proof.path());
            model.addAttribute("inclusion", proof);
            model.addAttribute("steps", steps.orElse(List.of()));
            model.addAttribute(
                    "included",
                    Proof.includes(
                            proof.hash(), proof.leaf(), proof.size(), proof.path(), proof.root()));
        }
        var from = asked.read("from", Long::valueOf);
        if (from != null) {
            long now = heads.now(tenant).map(TreeHead::size).orElse(0L);
            var proof = proofs.consistency(tenant, from, now);
            var noted = asked.read("root", text -> Hash.of(text.toLowerCase(Locale.ROOT)));
            model.addAttribute("consistency", proof);
            model.addAttribute(
                    "consistent",
                    noted != null
                            && Proof.isConsistent(
                                    proof.from(), noted, proof.to(), proof.toRoot(), proof.path()));
        }
    }

    @GetMapping("/export")
    void export(Colleague me, HttpServletResponse response) throws IOException {
        export.answer(heads.now(me.tenant().text()).orElseThrow(), response);
    }
}
