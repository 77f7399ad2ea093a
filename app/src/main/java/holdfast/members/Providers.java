package holdfast.members;

import holdfast.catalogue.TenantId;

import org.springframework.stereotype.Component;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Who may sign a tenant's staff in beside us, or in our place. */
@Component
class Providers {

    private final List<Provider> all;

    /**
     * @throws IllegalArgumentException if two of a tenant have one name
     */
    Providers(SignInSettings settings, Clock clock) {
        all = settings.providers().stream().map(each -> new Provider(each, clock)).toList();
        if (all.stream().map(each -> each.tenant() + "/" + each.name()).distinct().count()
                < all.size()) {
            throw new IllegalArgumentException(
                    "holdfast.sign-in.providers: names of one tenant are given once");
        }
    }

    List<Provider> of(TenantId tenant) {
        return all.stream().filter(each -> each.tenant().equals(tenant)).toList();
    }

    Optional<Provider> find(TenantId tenant, String name) {
        return of(tenant).stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** Whether staff of the tenant may sign in with a password of ours. */
    boolean leavePasswords(TenantId tenant) {
        return of(tenant).stream().noneMatch(Provider::isTheOnlyWay);
    }
}
