package holdfast.catalogue.web;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.CreateTenant;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.Tenant;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What those who run a tenant say about it. */
@RestController
@RequestMapping("/admin/v1")
@Tag(name = "Catalogue")
class CatalogueController {

    private final CommandGateway commands;
    private final CatalogueChanges changes;

    CatalogueController(CommandGateway commands, CatalogueChanges changes) {
        this.commands = commands;
        this.changes = changes;
    }

    @PutMapping("/catalogue")
    @Operation(
            operationId = "applyCatalogue",
            summary = "Make the catalogue say what the document says",
            description =
                    "Writes the differences only, all of them or none; the same document again"
                            + " changes nothing. A faulty document is refused with all its faults.")
    @Refuses("catalogue-faulty")
    Applied apply(
            Catalogue catalogue,
            @RequestBody CatalogueDocument document,
            @Parameter(description = "Only tell what would change")
                    @RequestParam(defaultValue = "false")
                    boolean dryRun) {
        return changes.apply(catalogue, document, dryRun);
    }

    @GetMapping("/catalogue")
    @Operation(
            operationId = "getCatalogue",
            summary = "The whole catalogue as a document that can be applied again")
    CatalogueDocument catalogue(Catalogue catalogue) {
        return catalogue.document();
    }

    @PostMapping("/tenants")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createTenant",
            summary = "Let an organisation in, with an empty catalogue")
    @Refuses({"catalogue-faulty", "tenant-exists"})
    Tenant create(@RequestBody Tenant tenant) {
        commands.sendAndWait(new CreateTenant(tenant));
        return tenant;
    }
}
