package holdfast.security;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.security.ClientCommand.ChangeClient;
import holdfast.security.ClientCommand.RegisterClient;
import holdfast.security.ClientCommand.RemoveClient;
import holdfast.security.ClientCommand.RenewSecret;
import holdfast.security.ClientEvent.ClientChanged;
import holdfast.security.ClientEvent.ClientRegistered;
import holdfast.security.ClientEvent.ClientRemoved;
import holdfast.security.ClientEvent.SecretRenewed;
import holdfast.security.ClientRefusal.ClientExists;
import holdfast.security.ClientRefusal.OperatorOfNoTenant;
import holdfast.security.ClientRefusal.UnknownClient;
import holdfast.security.Clients.Client;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * The clients of one tenant, as the log tells of them: who was let in by whom, to do what.
 *
 * <p>It remembers nothing. What decides is the table {@link Clients}, which alone has the digests
 * of secrets and is written in the same transaction as the event.
 */
@Aggregate(type = TenantClients.TYPE)
class TenantClients {

    /** How the store names these streams; it is data. */
    static final String TYPE = "clients";

    @AggregateIdentifier private @Nullable String id;

    /** Called by Axon, which then folds the stream. */
    TenantClients() {}

    /** Streams of all kinds share one space of names, hence the prefix. */
    static String streamOf(TenantId tenant) {
        return "clients:" + tenant;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Credentials handle(RegisterClient command, Clients clients) {
        refuseOperator(command.scopes());
        var client = new Client(command.client(), command.name(), inOrder(command.scopes()));
        var registered =
                clients.register(command.tenant(), client)
                        .orElseThrow(() -> new Refused(new ClientExists(command.client())));
        apply(new ClientRegistered(command.tenant(), client.id(), client.name(), client.scopes()));
        return registered;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ChangeClient command, Clients clients) {
        refuseOperator(command.scopes());
        var before =
                clients.find(command.tenant(), command.client()).orElseThrow(() -> no(command));
        var after = new Client(command.client(), command.name(), inOrder(command.scopes()));
        if (after.equals(before)) {
            return; // the same request, sent again
        }
        clients.change(command.tenant(), before, after);
        apply(new ClientChanged(command.tenant(), after.id(), after.name(), after.scopes()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Credentials handle(RenewSecret command, Clients clients) {
        var renewed =
                clients.renew(command.tenant(), command.client(), command.overlap())
                        .orElseThrow(() -> no(command));
        apply(new SecretRenewed(command.tenant(), command.client(), renewed.formerUntil()));
        return renewed.credentials();
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RemoveClient command, Clients clients) {
        if (!clients.remove(command.tenant(), command.client())) {
            throw no(command);
        }
        apply(new ClientRemoved(command.tenant(), command.client()));
    }

    @EventSourcingHandler
    void on(ClientEvent event) {
        id = streamOf(event.tenant());
    }

    private static void refuseOperator(Set<Scope> scopes) {
        if (scopes.contains(Scope.OPERATOR)) {
            throw new Refused(new OperatorOfNoTenant());
        }
    }

    private static List<Scope> inOrder(Set<Scope> scopes) {
        return scopes.stream().sorted().toList();
    }

    private static Refused no(ClientCommand command) {
        return new Refused(new UnknownClient(command.client().text()));
    }
}
