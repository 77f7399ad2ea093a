package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.SERVICE_GROUPS;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.IfMatch;
import holdfast.catalogue.ServiceGroup;

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

/** Service groups, one by one. */
@RestController
@RequestMapping("/admin/v1/service-groups")
@Tag(name = "Catalogue, one by one")
class ServiceGroupController {

    private final CatalogueChanges changes;

    ServiceGroupController(CatalogueChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Operation(
            operationId = "listAllServiceGroups",
            summary = "All service groups, in the order of the document")
    List<ServiceGroup> list(Catalogue catalogue) {
        return SERVICE_GROUPS.in(catalogue.document());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readServiceGroup", summary = "One service group")
    @ReadsEntry
    ResponseEntity<ServiceGroup> read(Catalogue catalogue, @PathVariable String id) {
        return changes.read(SERVICE_GROUPS, catalogue, id);
    }

    @PutMapping("/{id}")
    @Operation(operationId = "putServiceGroup", summary = "Add a service group or replace it")
    @PutsEntry
    ResponseEntity<Applied> put(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestBody ServiceGroup group,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        CatalogueChanges.refuseUnlessAddressed(id, group.id().text(), "/id");
        return changes.put(SERVICE_GROUPS, catalogue, group, ifMatch, dryRun);
    }

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "removeServiceGroup",
            summary = "Remove a service group to which nothing refers")
    @RemovesEntry
    ResponseEntity<Applied> remove(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(SERVICE_GROUPS, catalogue, id, ifMatch, dryRun);
    }
}
