package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.BRANCHES;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.IfMatch;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** Branches, one by one. */
@RestController
@RequestMapping("/admin/v1/branches")
@Tag(name = "Catalogue, one by one")
class BranchController {

    private final CatalogueChanges changes;

    BranchController(CatalogueChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Operation(
            operationId = "listAllBranches",
            summary = "All branches, in the order of the document")
    List<Branch> list(Catalogue catalogue) {
        return BRANCHES.in(catalogue.document());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readBranch", summary = "One branch")
    @ReadsEntry
    ResponseEntity<Branch> read(Catalogue catalogue, @PathVariable String id) {
        return changes.read(BRANCHES, catalogue, id);
    }

    @PutMapping("/{id}")
    @Operation(operationId = "putBranch", summary = "Add a branch or replace it")
    @PutsEntry
    ResponseEntity<Applied> put(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestBody Branch branch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        CatalogueChanges.refuseUnlessAddressed(id, branch.id().text(), "/id");
        return changes.put(BRANCHES, catalogue, branch, ifMatch, dryRun);
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "removeBranch", summary = "Remove a branch to which nothing refers")
    @RemovesEntry
    ResponseEntity<Applied> remove(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(BRANCHES, catalogue, id, ifMatch, dryRun);
    }
}
