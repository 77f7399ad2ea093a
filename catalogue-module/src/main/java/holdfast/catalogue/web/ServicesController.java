package holdfast.catalogue.web;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueRefusal.NoServiceGroups;
import holdfast.catalogue.CatalogueRefusal.UnknownService;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.ServiceId;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

/** What can be booked, and where. */
@RestController
@RequestMapping(path = {"/external/v1", ""})
@Tag(name = "Services")
class ServicesController {

    @GetMapping("/services")
    @Operation(
            operationId = "listServices",
            summary = "List what can be booked, one entry per branch and service",
            description = "A filter that fits nothing gives an empty list.")
    List<OfferedService> services(
            Catalogue catalogue,
            LanguageTag language,
            @Parameter(description = "Only what this branch offers") @RequestParam(required = false)
                    @Nullable BranchId branchId,
            @Parameter(description = "Only this service") @RequestParam(required = false)
                    @Nullable ServiceId serviceId) {
        var words = new Words(catalogue, language);
        return catalogue.services().stream()
                .filter(service -> serviceId == null || service.id().equals(serviceId))
                .flatMap(
                        service ->
                                service.branches().stream()
                                        .filter(
                                                offer ->
                                                        branchId == null
                                                                || offer.branch().equals(branchId))
                                        .map(offer -> OfferedService.of(service, offer, words)))
                .toList();
    }

    @GetMapping("/services/groups")
    @Operation(
            operationId = "listServiceGroups",
            summary = "List the services under the headings of the tenant")
    @Refuses("no-service-groups")
    ServiceGroups groups(Catalogue catalogue, LanguageTag language) {
        if (catalogue.serviceGroups().isEmpty()) {
            throw new Refused(new NoServiceGroups(catalogue.tenant().id()));
        }
        return ServiceGroups.of(new Words(catalogue, language));
    }

    @GetMapping("/services/{serviceId}")
    @Operation(
            operationId = "listBranches",
            summary = "List the branches where a service can be booked")
    @Refuses("service-unknown")
    List<OfferingBranch> branches(
            Catalogue catalogue,
            LanguageTag language,
            @Parameter(description = "A service of the tenant") @PathVariable ServiceId serviceId) {
        var service =
                catalogue
                        .service(serviceId)
                        .orElseThrow(() -> new Refused(new UnknownService(serviceId)));
        var words = new Words(catalogue, language);
        return service.branches().stream()
                .map(offer -> OfferingBranch.of(service, offer, words))
                .toList();
    }
}
