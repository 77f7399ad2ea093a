package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.TENANT;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.IfMatch;
import holdfast.catalogue.Tenant;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant says of itself: its name, its languages and its settings. */
@RestController
@RequestMapping("/admin/v1/tenant")
@Tag(name = "Catalogue, one by one")
class TenantController {

    private final CatalogueChanges changes;

    TenantController(CatalogueChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Operation(operationId = "readTenant", summary = "The tenant and its settings")
    ResponseEntity<Tenant> read(Catalogue catalogue) {
        return changes.read(TENANT, catalogue, catalogue.tenant().id().text());
    }

    @PutMapping
    @Operation(operationId = "putTenant", summary = "Change the tenant or its settings")
    @PutsEntry
    ResponseEntity<Applied> put(
            Catalogue catalogue,
            @RequestBody Tenant tenant,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.put(TENANT, catalogue, tenant, ifMatch, dryRun);
    }
}
