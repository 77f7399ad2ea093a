package holdfast.catalogue;

import java.util.Collection;
import java.util.Optional;

/**
 * The catalogues of all tenants as this node knows them: in memory, so asking costs no statement.
 */
public interface Catalogues {

    Optional<Catalogue> find(TenantId tenant);

    Collection<Catalogue> all();
}
