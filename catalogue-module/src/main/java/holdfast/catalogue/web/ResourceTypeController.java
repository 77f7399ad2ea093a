package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.RESOURCE_TYPES;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.IfMatch;
import holdfast.catalogue.ResourceType;

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

/** Resource types, one by one. */
@RestController
@RequestMapping("/admin/v1/resource-types")
@Tag(name = "Catalogue, one by one")
class ResourceTypeController {

    private final CatalogueChanges changes;

    ResourceTypeController(CatalogueChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Operation(
            operationId = "listAllResourceTypes",
            summary = "All resource types, in the order of the document")
    List<ResourceType> list(Catalogue catalogue) {
        return RESOURCE_TYPES.in(catalogue.document());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readResourceType", summary = "One resource type")
    @ReadsEntry
    ResponseEntity<ResourceType> read(Catalogue catalogue, @PathVariable String id) {
        return changes.read(RESOURCE_TYPES, catalogue, id);
    }

    @PutMapping("/{id}")
    @Operation(operationId = "putResourceType", summary = "Add a resource type or replace it")
    @PutsEntry
    ResponseEntity<Applied> put(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestBody ResourceType type,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        CatalogueChanges.refuseUnlessAddressed(id, type.id().text(), "/id");
        return changes.put(RESOURCE_TYPES, catalogue, type, ifMatch, dryRun);
    }

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "removeResourceType",
            summary = "Remove a resource type to which nothing refers")
    @RemovesEntry
    ResponseEntity<Applied> remove(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(RESOURCE_TYPES, catalogue, id, ifMatch, dryRun);
    }
}
