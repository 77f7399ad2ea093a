package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.CLOSURES;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueChange;
import holdfast.catalogue.CatalogueEdit;
import holdfast.catalogue.IfMatch;
import holdfast.catalogue.PlacedClosure;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ResourceId;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.Stranded;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;

/** When what is not available: the closures of branches, services, pools and resources. */
@RestController
@RequestMapping("/admin/v1/closures")
@Tag(name = "Closures")
class ClosureController {

    private final CatalogueChanges changes;

    ClosureController(CatalogueChanges changes) {
        this.changes = changes;
    }

    /**
     * A closure with its name.
     *
     * @param branch the branch, or where the service is closed; else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NamedClosure(
            String id,
            @Nullable BranchId branch,
            @Nullable ServiceId service,
            @Nullable PoolId resourcePool,
            @Nullable ResourceId resource,
            @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                    OffsetDateTime from,
            @JsonFormat(without = JsonFormat.Feature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                    OffsetDateTime to,
            String reason) {

        static NamedClosure of(PlacedClosure closure) {
            return new NamedClosure(
                    closure.id(),
                    closure.branch(),
                    closure.service(),
                    closure.resourcePool(),
                    closure.resource(),
                    closure.from(),
                    closure.to(),
                    closure.reason());
        }
    }

    /**
     * A closure and what it changes.
     *
     * @param stranded the appointments that no longer fit; they stay until someone moves them
     */
    record Closed(NamedClosure closure, List<CatalogueChange> changes, List<Stranded> stranded) {}

    @GetMapping
    @Operation(operationId = "listClosures", summary = "All closures")
    List<NamedClosure> list(Catalogue catalogue) {
        return CLOSURES.in(catalogue.document()).stream().map(NamedClosure::of).toList();
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readClosure", summary = "One closure")
    @ReadsEntry
    ResponseEntity<NamedClosure> read(Catalogue catalogue, @PathVariable String id) {
        var found = changes.read(CLOSURES, catalogue, id);
        return ResponseEntity.ok()
                .headers(found.getHeaders())
                .body(NamedClosure.of(Objects.requireNonNull(found.getBody())));
    }

    @PostMapping
    @Operation(
            operationId = "close",
            summary = "Close a branch, a service at a branch, a pool or a resource for a while",
            description =
                    "Name `branch`, `branch` and `service`, `resourcePool` or `resource`. What is"
                            + " booked stays as it is; `stranded` names it. The same closure again"
                            + " changes nothing.")
    @ApiResponse(
            responseCode = "200",
            description = "A dry run, or it stood there before",
            useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", description = "Closed", useReturnTypeSchema = true)
    @Refuses("catalogue-faulty")
    ResponseEntity<Closed> close(
            Catalogue catalogue,
            @RequestBody PlacedClosure closure,
            @Parameter(description = "Only tell what would change")
                    @RequestParam(defaultValue = "false")
                    boolean dryRun) {
        var named = NamedClosure.of(closure);
        var edit = new CatalogueEdit.Put<>(CLOSURES, closure, null);
        if (dryRun) {
            var told = changes.preview(catalogue, edit);
            return ResponseEntity.ok(new Closed(named, told.changes(), told.stranded()));
        }
        var edited = changes.edit(catalogue, edit);
        var answer = new Closed(named, edited.changes(), changes.strandedNow(catalogue));
        return edited.isNew()
                ? ResponseEntity.created(URI.create("/admin/v1/closures/" + named.id()))
                        .body(answer)
                : ResponseEntity.ok(answer);
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "removeClosure", summary = "Open again what was to be closed")
    @RemovesEntry
    ResponseEntity<Applied> remove(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(CLOSURES, catalogue, id, ifMatch, dryRun);
    }
}
