package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.RESOURCES;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.IfMatch;
import holdfast.catalogue.PooledResource;

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

/** The named resources of pools, one by one. */
@RestController
@RequestMapping("/admin/v1/resources")
@Tag(name = "Catalogue, one by one")
class ResourceController {

    private final CatalogueChanges changes;

    ResourceController(CatalogueChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Operation(
            operationId = "listAllResources",
            summary = "All named resources, in the order of the document")
    List<PooledResource> list(Catalogue catalogue) {
        return RESOURCES.in(catalogue.document());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readResource", summary = "One named resource")
    @ReadsEntry
    ResponseEntity<PooledResource> read(Catalogue catalogue, @PathVariable String id) {
        return changes.read(RESOURCES, catalogue, id);
    }

    @PutMapping("/{id}")
    @Operation(operationId = "putResource", summary = "Add a named resource or replace it")
    @PutsEntry
    ResponseEntity<Applied> put(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestBody PooledResource resource,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        CatalogueChanges.refuseUnlessAddressed(id, resource.id().text(), "/id");
        return changes.put(RESOURCES, catalogue, resource, ifMatch, dryRun);
    }

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "removeResource",
            summary = "Remove a named resource to which nothing refers")
    @RemovesEntry
    ResponseEntity<Applied> remove(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(RESOURCES, catalogue, id, ifMatch, dryRun);
    }
}
