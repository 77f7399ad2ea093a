package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.SERVICE_COMBINATIONS;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.IfMatch;
import holdfast.catalogue.ServiceCombination;

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

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The sets of services that may be booked together, one by one. A set is named by its branch and
 * its services' ids with {@code +} between them, in any order.
 */
@RestController
@RequestMapping("/admin/v1/service-combinations")
@Tag(name = "Catalogue, one by one")
class CombinationController {

    private final CatalogueChanges changes;

    CombinationController(CatalogueChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Operation(
            operationId = "listAllCombinations",
            summary =
                    "All sets of services that may be booked together, in the order of the"
                            + " document")
    List<ServiceCombination> list(Catalogue catalogue) {
        return SERVICE_COMBINATIONS.in(catalogue.document());
    }

    @GetMapping("/{branchId}/{services}")
    @Operation(operationId = "readCombination", summary = "One set of services")
    @ReadsEntry
    ResponseEntity<ServiceCombination> read(
            Catalogue catalogue, @PathVariable String branchId, @PathVariable String services) {
        return changes.read(SERVICE_COMBINATIONS, catalogue, key(branchId, services));
    }

    @PutMapping("/{branchId}/{services}")
    @Operation(operationId = "putCombination", summary = "Add a set of services or replace it")
    @PutsEntry
    ResponseEntity<Applied> put(
            Catalogue catalogue,
            @PathVariable String branchId,
            @PathVariable String services,
            @RequestBody ServiceCombination combination,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        CatalogueChanges.refuseUnlessAddressed(key(branchId, services), combination.key(), "");
        return changes.put(SERVICE_COMBINATIONS, catalogue, combination, ifMatch, dryRun);
    }

    @DeleteMapping("/{branchId}/{services}")
    @Operation(
            operationId = "removeCombination",
            summary = "Remove a set of services to which nothing refers")
    @RemovesEntry
    ResponseEntity<Applied> remove(
            Catalogue catalogue,
            @PathVariable String branchId,
            @PathVariable String services,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(
                SERVICE_COMBINATIONS, catalogue, key(branchId, services), ifMatch, dryRun);
    }

    private static String key(String branch, String services) {
        return Arrays.stream(services.split("\\+"))
                .sorted()
                .collect(Collectors.joining("+", branch + "/", ""));
    }
}
