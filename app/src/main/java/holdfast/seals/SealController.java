package holdfast.seals;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refuses;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.util.List;

/** What proves the log. */
@RestController
@RequestMapping("/audit/v1")
@Tag(name = "Audit")
@ConditionalOnBooleanProperty(name = "holdfast.seals", matchIfMissing = true)
class SealController {

    private static final int HEADS = 100;

    private final TreeHeads heads;
    private final Proofs proofs;
    private final SealKeys keys;
    private final Export export;

    SealController(TreeHeads heads, Proofs proofs, SealKeys keys, Export export) {
        this.heads = heads;
        this.proofs = proofs;
        this.keys = keys;
        this.export = export;
    }

    /**
     * @param heads newest first
     * @param keys that signed them, newest first
     */
    record Seals(List<SignedHead> heads, List<SignedHead.Key> keys) {}

    /**
     * @param head of this size, where one was kept
     */
    record InclusionView(
            long position,
            long leaf,
            Hash hash,
            long size,
            Hash root,
            List<Hash> path,
            @Nullable SignedHead head) {}

    record ConsistencyView(long from, Hash fromRoot, long to, Hash toRoot, List<Hash> path) {}

    @GetMapping("/seals")
    @Operation(
            operationId = "listSeals",
            summary = "Signed tree heads over the log, newest first",
            description =
                    "The first one covers all that was committed before the call. Of each minute"
                            + " the last head is kept; 100 are listed.")
    Seals seals(Catalogue catalogue) {
        heads.now(tenant(catalogue));
        return new Seals(
                heads.of(tenant(catalogue), HEADS).stream().map(SignedHead::of).toList(),
                keys.published());
    }

    @GetMapping("/proof/{position}")
    @Operation(
            operationId = "proveInclusion",
            summary = "That an event is in the log that was sealed",
            description = "RFC 9162, section 2.1.3. Without a size, in the newest tree.")
    @Refuses({"event-unknown", "tree-size-out-of-range"})
    InclusionView inclusion(
            Catalogue catalogue,
            @PathVariable String position,
            @RequestParam(required = false) @Nullable Long size) {
        var proof = proofs.inclusion(tenant(catalogue), position, size);
        return new InclusionView(
                proof.position(),
                proof.leaf(),
                proof.hash(),
                proof.size(),
                proof.root(),
                proof.path(),
                proof.head().map(SignedHead::of).orElse(null));
    }

    @GetMapping("/seals/consistency")
    @Operation(
            operationId = "proveConsistency",
            summary = "That the log has only grown from one size to another",
            description = "RFC 9162, section 2.1.4.")
    @Refuses("tree-size-out-of-range")
    ConsistencyView consistency(
            Catalogue catalogue, @RequestParam Long from, @RequestParam Long to) {
        var proof = proofs.consistency(tenant(catalogue), from, to);
        return new ConsistencyView(
                proof.from(), proof.fromRoot(), proof.to(), proof.toRoot(), proof.path());
    }

    @GetMapping(path = "/export", produces = Export.LINES)
    @Operation(
            operationId = "exportLog",
            summary = "The whole log with what proves it, as lines of JSON",
            description = "What `verify-export` reads. docs/seals.md describes the lines.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = Export.LINES,
                                            schema = @Schema(type = "string"))))
    void export(Catalogue catalogue, HttpServletResponse response) throws IOException {
        export.answer(heads.now(tenant(catalogue)).orElseThrow(), response);
    }

    private static String tenant(Catalogue catalogue) {
        return catalogue.tenant().id().text();
    }
}
