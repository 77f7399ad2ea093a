package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.RESOURCE_POOLS;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.IfMatch;
import holdfast.catalogue.ResourcePool;

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

/** Resource pools with their resources, one by one. */
@RestController
@RequestMapping("/admin/v1/resource-pools")
@Tag(name = "Catalogue, one by one")
class ResourcePoolController {

    private final CatalogueChanges changes;

    ResourcePoolController(CatalogueChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Operation(
            operationId = "listAllResourcePools",
            summary = "All resource pools, in the order of the document")
    List<ResourcePool> list(Catalogue catalogue) {
        return RESOURCE_POOLS.in(catalogue.document());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readResourcePool", summary = "One resource pool")
    @ReadsEntry
    ResponseEntity<ResourcePool> read(Catalogue catalogue, @PathVariable String id) {
        return changes.read(RESOURCE_POOLS, catalogue, id);
    }

    @PutMapping("/{id}")
    @Operation(operationId = "putResourcePool", summary = "Add a resource pool or replace it")
    @PutsEntry
    ResponseEntity<Applied> put(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestBody ResourcePool pool,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        CatalogueChanges.refuseUnlessAddressed(id, pool.id().text(), "/id");
        return changes.put(RESOURCE_POOLS, catalogue, pool, ifMatch, dryRun);
    }

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "removeResourcePool",
            summary = "Remove a resource pool to which nothing refers")
    @RemovesEntry
    ResponseEntity<Applied> remove(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(RESOURCE_POOLS, catalogue, id, ifMatch, dryRun);
    }
}
