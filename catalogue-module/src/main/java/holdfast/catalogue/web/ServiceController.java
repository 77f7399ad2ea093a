package holdfast.catalogue.web;

import static holdfast.catalogue.Entries.OFFERS;
import static holdfast.catalogue.Entries.SERVICES;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.IfMatch;
import holdfast.catalogue.Offer;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.ServiceOffer;

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
import java.util.Objects;

/** Services with their offers, and the offers, one by one. */
@RestController
@RequestMapping("/admin/v1/services")
@Tag(name = "Catalogue, one by one")
class ServiceController {

    private final CatalogueChanges changes;

    ServiceController(CatalogueChanges changes) {
        this.changes = changes;
    }

    @GetMapping
    @Operation(
            operationId = "listAllServices",
            summary = "All services, in the order of the document")
    List<Service> list(Catalogue catalogue) {
        return SERVICES.in(catalogue.document());
    }

    @GetMapping("/{id}")
    @Operation(operationId = "readService", summary = "One service")
    @ReadsEntry
    ResponseEntity<Service> read(Catalogue catalogue, @PathVariable String id) {
        return changes.read(SERVICES, catalogue, id);
    }

    @PutMapping("/{id}")
    @Operation(operationId = "putService", summary = "Add a service or replace it")
    @PutsEntry
    ResponseEntity<Applied> put(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestBody Service service,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        CatalogueChanges.refuseUnlessAddressed(id, service.id().text(), "/id");
        return changes.put(SERVICES, catalogue, service, ifMatch, dryRun);
    }

    @DeleteMapping("/{id}")
    @Operation(operationId = "removeService", summary = "Remove a service to which nothing refers")
    @RemovesEntry
    ResponseEntity<Applied> remove(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(SERVICES, catalogue, id, ifMatch, dryRun);
    }

    @GetMapping("/{serviceId}/branches")
    @Operation(operationId = "listOffers", summary = "Where a service is offered, and how")
    @ReadsEntry
    List<Offer> offers(Catalogue catalogue, @PathVariable String serviceId) {
        return Objects.requireNonNull(changes.read(SERVICES, catalogue, serviceId).getBody())
                .branches();
    }

    @GetMapping("/{serviceId}/branches/{branchId}")
    @Operation(operationId = "readOffer", summary = "A service at one branch")
    @ReadsEntry
    ResponseEntity<Offer> offer(
            Catalogue catalogue,
            @PathVariable ServiceId serviceId,
            @PathVariable BranchId branchId) {
        var found = changes.read(OFFERS, catalogue, ServiceOffer.id(serviceId, branchId));
        return ResponseEntity.ok()
                .headers(found.getHeaders())
                .body(Objects.requireNonNull(found.getBody()).offer());
    }

    @PutMapping("/{serviceId}/branches/{branchId}")
    @Operation(
            operationId = "putOffer",
            summary = "Offer a service at one more branch, or on other terms")
    @PutsEntry
    @Refuses("entry-unknown")
    ResponseEntity<Applied> putOffer(
            Catalogue catalogue,
            @PathVariable ServiceId serviceId,
            @PathVariable BranchId branchId,
            @RequestBody Offer offer,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        CatalogueChanges.refuseUnlessAddressed(branchId.text(), offer.branch().text(), "/branch");
        return changes.put(OFFERS, catalogue, new ServiceOffer(serviceId, offer), ifMatch, dryRun);
    }

    @DeleteMapping("/{serviceId}/branches/{branchId}")
    @Operation(operationId = "removeOffer", summary = "Offer a service no longer at a branch")
    @RemovesEntry
    ResponseEntity<Applied> removeOffer(
            Catalogue catalogue,
            @PathVariable ServiceId serviceId,
            @PathVariable BranchId branchId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable IfMatch ifMatch,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        return changes.remove(
                OFFERS, catalogue, ServiceOffer.id(serviceId, branchId), ifMatch, dryRun);
    }
}
