package holdfast.scheduling.availability;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.TenantId;
import holdfast.scheduling.Audience;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.VisitRules;
import holdfast.scheduling.VisitWish;

import org.springframework.stereotype.Component;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Rules compiled once for each wish, for as long as the tenant's catalogue stays as it is. */
@Component
final class CompiledRules implements RuleBook {

    /** More wishes than any catalogue's services; reached only by somebody who tries them all. */
    private static final int MOST_WISHES = 20_000;

    private record Key(VisitWish wish, Audience audience) {}

    private record OfCatalogue(Catalogue catalogue, Map<Key, VisitRules> rules) {}

    private final Map<TenantId, OfCatalogue> tenants = new ConcurrentHashMap<>();

    @Override
    public VisitRules of(Catalogue catalogue, VisitWish wish, Audience audience) {
        var compiled = tenants.get(catalogue.tenant().id());
        if (compiled == null
                || compiled.catalogue() != catalogue
                || compiled.rules().size() > MOST_WISHES) {
            compiled = new OfCatalogue(catalogue, new ConcurrentHashMap<>());
            tenants.put(catalogue.tenant().id(), compiled);
        }
        // A wish that is refused throws here and leaves nothing behind.
        return compiled.rules()
                .computeIfAbsent(
                        new Key(wish, audience),
                        key -> VisitRules.of(catalogue, key.wish(), key.audience()));
    }
}
