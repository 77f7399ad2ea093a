package holdfast.security;

import holdfast.catalogue.TenantId;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;

/** What can be done about a tenant's clients. */
sealed interface ClientCommand {

    TenantId tenant();

    ClientId client();

    /** The stream of events it writes to. */
    @TargetAggregateIdentifier
    default String stream() {
        return TenantClients.streamOf(tenant());
    }

    /** Let a client in; answered with its {@link Credentials}. */
    record RegisterClient(
            TenantId tenant, ClientId client, @Nullable String name, Set<Scope> scopes)
            implements ClientCommand {}

    /** Give it another name or other scopes. */
    record ChangeClient(TenantId tenant, ClientId client, @Nullable String name, Set<Scope> scopes)
            implements ClientCommand {}

    /**
     * Give it another secret; answered with its {@link Credentials}.
     *
     * @param overlap for how long the one before is good, too; zero: not at all
     */
    record RenewSecret(TenantId tenant, ClientId client, Duration overlap)
            implements ClientCommand {}

    record RemoveClient(TenantId tenant, ClientId client) implements ClientCommand {}
}
