package holdfast.security;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.security.ClientCommand.RegisterClient;
import holdfast.security.ClientCommand.RenewSecret;
import holdfast.security.ClientRefusal.ClientExists;
import holdfast.security.ClientRefusal.UnknownClient;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Lets clients in by the commands that the HTTP calls use, so that the log tells of each. */
@Component
class ClientsInLog implements OauthClients {

    private final CommandGateway commands;

    ClientsInLog(CommandGateway commands) {
        this.commands = commands;
    }

    @Override
    public Optional<Credentials> register(TenantId tenant, String id, Set<Scope> scopes) {
        if (scopes.contains(Scope.OPERATOR)) {
            throw new IllegalArgumentException("An operator belongs to no tenant");
        }
        try {
            return Optional.of(
                    commands.sendAndWait(
                            new RegisterClient(tenant, ClientId.of(id), null, scopes)));
        } catch (Refused refused) {
            if (refused.reason() instanceof ClientExists) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    @Override
    public Optional<Credentials> renew(TenantId tenant, String id) {
        try {
            return Optional.of(
                    commands.sendAndWait(new RenewSecret(tenant, ClientId.of(id), Duration.ZERO)));
        } catch (Refused refused) {
            if (refused.reason() instanceof UnknownClient) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
