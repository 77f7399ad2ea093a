package holdfast.security;

import holdfast.catalogue.EventName;
import holdfast.catalogue.TenantId;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Who was let into a tenant, and what they may do there. Who decided it is told by the metadata; no
 * event has a secret, or a digest of one.
 */
public sealed interface ClientEvent {

    TenantId tenant();

    ClientId client();

    /**
     * @param name what the client is, for people
     * @param scopes in the order of {@link Scope}
     */
    @EventName("security.ClientRegistered")
    @Revision("1")
    record ClientRegistered(
            TenantId tenant, ClientId client, @Nullable String name, List<Scope> scopes)
            implements ClientEvent {}

    /** The client has this name and these scopes from now on. */
    @EventName("security.ClientChanged")
    @Revision("1")
    record ClientChanged(
            TenantId tenant, ClientId client, @Nullable String name, List<Scope> scopes)
            implements ClientEvent {}

    /**
     * The client has another secret.
     *
     * @param formerUntil until when the one before is good, too; null: not at all, and what it gave
     *     has ended with it
     */
    @EventName("security.SecretRenewed")
    @Revision("1")
    record SecretRenewed(TenantId tenant, ClientId client, @Nullable Instant formerUntil)
            implements ClientEvent {}

    @EventName("security.ClientRemoved")
    @Revision("1")
    record ClientRemoved(TenantId tenant, ClientId client) implements ClientEvent {}
}
