package holdfast.security;

import static org.springframework.http.HttpStatus.CREATED;
import static org.springframework.http.HttpStatus.NO_CONTENT;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.security.ClientCommand.ChangeClient;
import holdfast.security.ClientCommand.RegisterClient;
import holdfast.security.ClientCommand.RemoveClient;
import holdfast.security.ClientCommand.RenewSecret;
import holdfast.security.ClientRefusal.UnknownClient;
import holdfast.security.Clients.Client;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Who is let into a tenant, and what they may do there. */
@RestController
@RequestMapping("/admin/v1/clients")
@Tag(name = "Clients")
class ClientController {

    private static final int LONGEST_OVERLAP_MINUTES = 7 * 24 * 60;

    private final CommandGateway commands;
    private final Clients clients;

    ClientController(CommandGateway commands, Clients clients) {
        this.commands = commands;
        this.clients = clients;
    }

    /**
     * A client to let in.
     *
     * @param clientId made up if absent
     * @param name what it is; not who, since it is kept in the log for good
     */
    record RegisterRequest(
            @Nullable ClientId clientId,
            @Nullable @Size(min = 1, max = 100) String name,
            @Size(min = 1, max = 20) List<Scope> scopes) {

        RegisterClient asCommand(Catalogue catalogue) {
            return new RegisterClient(
                    catalogue.tenant().id(),
                    clientId == null ? ClientId.of(UUID.randomUUID().toString()) : clientId,
                    name,
                    Set.copyOf(scopes));
        }
    }

    /** What a client is from now on. */
    record ChangeRequest(
            @Nullable @Size(min = 1, max = 100) String name,
            @Size(min = 1, max = 20) List<Scope> scopes) {}

    /**
     * @param overlapMinutes for how long the secret before is good, too; 0 if absent
     */
    record RenewRequest(@Nullable @Min(0) @Max(LONGEST_OVERLAP_MINUTES) Integer overlapMinutes) {}

    record ClientView(ClientId clientId, @Nullable String name, List<Scope> scopes) {

        static ClientView of(Client client) {
            return new ClientView(client.id(), client.name(), client.scopes());
        }
    }

    /** A client and its secret, which nobody can be told again. */
    record NewClient(ClientId clientId, @Nullable String name, List<Scope> scopes, String secret) {

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "NewClient[" + clientId + "]";
        }
    }

    @GetMapping
    @Operation(operationId = "listClients", summary = "The tenant's clients, by their ids")
    List<ClientView> clients(Catalogue catalogue) {
        return clients.of(catalogue.tenant().id()).stream().map(ClientView::of).toList();
    }

    @PostMapping
    @ResponseStatus(CREATED)
    @Operation(
            operationId = "registerClient",
            summary = "Let a client in",
            description =
                    "The answer has its secret, which is kept as a digest only: nobody can be told"
                            + " again. Without `clientId` an id is made up. Ids are unique across"
                            + " tenants.")
    @Refuses({"operator-of-no-tenant", "client-exists"})
    ResponseEntity<NewClient> register(Catalogue catalogue, @RequestBody RegisterRequest request) {
        var command = request.asCommand(catalogue);
        var registered = commands.<Credentials>sendAndWait(command);
        return ResponseEntity.created(URI.create("/admin/v1/clients/" + command.client()))
                .body(withSecret(catalogue, registered));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getClient", summary = "A client")
    @Refuses("client-unknown")
    ClientView client(Catalogue catalogue, @PathVariable String id) {
        return ClientView.of(known(catalogue, idOf(id)));
    }

    @PutMapping("/{id}")
    @Operation(
            operationId = "changeClient",
            summary = "Give a client another name or other scopes",
            description =
                    "With other scopes the tokens it has are refused from now on, on other nodes"
                            + " within seconds. Its secret stays.")
    @Refuses({"client-unknown", "operator-of-no-tenant"})
    ClientView change(
            Catalogue catalogue, @PathVariable String id, @RequestBody ChangeRequest request) {
        var client = idOf(id);
        commands.sendAndWait(
                new ChangeClient(
                        catalogue.tenant().id(),
                        client,
                        request.name(),
                        Set.copyOf(request.scopes())));
        return ClientView.of(known(catalogue, client));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(NO_CONTENT)
    @Operation(
            operationId = "removeClient",
            summary = "Let a client in no longer",
            description = "The tokens it has are refused, on other nodes within seconds.")
    @Refuses("client-unknown")
    void remove(Catalogue catalogue, @PathVariable String id) {
        commands.sendAndWait(new RemoveClient(catalogue.tenant().id(), idOf(id)));
    }

    @PostMapping("/{id}/secret")
    @Operation(
            operationId = "renewSecret",
            summary = "Give a client another secret",
            description =
                    "Usually the secret before is refused at once, and so are the tokens the client"
                            + " has: after a leak nothing is left of it. With `overlapMinutes` both"
                            + " secrets are good for so long, and the tokens stay.")
    @Refuses("client-unknown")
    NewClient renew(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable RenewRequest request) {
        var minutes =
                request == null || request.overlapMinutes() == null ? 0 : request.overlapMinutes();
        var renewed =
                commands.<Credentials>sendAndWait(
                        new RenewSecret(
                                catalogue.tenant().id(), idOf(id), Duration.ofMinutes(minutes)));
        return withSecret(catalogue, renewed);
    }

    private NewClient withSecret(Catalogue catalogue, Credentials credentials) {
        var client = known(catalogue, ClientId.of(credentials.id()));
        return new NewClient(client.id(), client.name(), client.scopes(), credentials.secret());
    }

    private Client known(Catalogue catalogue, ClientId id) {
        return clients.find(catalogue.tenant().id(), id)
                .orElseThrow(() -> new Refused(new UnknownClient(id.text())));
    }

    private static ClientId idOf(String id) {
        try {
            return ClientId.of(id);
        } catch (IllegalArgumentException nobodysId) {
            throw new Refused(new UnknownClient(id));
        }
    }
}
