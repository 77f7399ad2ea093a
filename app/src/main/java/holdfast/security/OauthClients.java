package holdfast.security;

import holdfast.catalogue.TenantId;

import java.util.Optional;
import java.util.Set;

/** The clients that may ask for tokens. */
public interface OauthClients {

    /**
     * Lets a client of one tenant in. Its id is unique across tenants.
     *
     * @param scopes anything but {@link Scope#OPERATOR}: an operator belongs to no tenant
     * @return its credentials, which nobody can be told again; empty if the id is taken
     * @throws IllegalArgumentException if the id or the scopes are not allowed
     */
    Optional<Credentials> register(TenantId tenant, String id, Set<Scope> scopes);

    /**
     * Gives a tenant's client a new secret; the old one is refused from now on, and so are the
     * tokens that it gave.
     *
     * @return empty if the tenant has no such client
     */
    Optional<Credentials> renew(TenantId tenant, String id);
}
