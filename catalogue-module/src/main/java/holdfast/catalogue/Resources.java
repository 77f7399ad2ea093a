package holdfast.catalogue;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.CatalogueRefusal.FaultyDocument;
import holdfast.catalogue.ResourcePool.Resource;

import java.util.List;
import java.util.function.Function;

/** The named resources of all pools; one that is put into another pool leaves the one it was in. */
final class Resources extends Entries<PooledResource> {

    private static final Function<Resource, String> ID = resource -> resource.id().text();

    Resources() {
        super(phrase("resource"));
    }

    @Override
    public String id(PooledResource entry) {
        return entry.id().text();
    }

    @Override
    public List<PooledResource> in(CatalogueDocument document) {
        return document.resourcePools().stream()
                .flatMap(
                        pool ->
                                pool.resources().stream()
                                        .map(each -> PooledResource.of(pool.id(), each)))
                .toList();
    }

    @Override
    CatalogueDocument with(CatalogueDocument document, PooledResource entry) {
        var into = entry.resourcePool();
        if (document.resourcePools().stream().noneMatch(pool -> pool.id().equals(into))) {
            throw new Refused(
                    new FaultyDocument(
                            List.of(
                                    new Fault(
                                            "/resourcePool",
                                            "No %s has the id %s",
                                            phrase("resource pool"),
                                            into))));
        }
        return document.withResourcePools(
                each(
                        document.resourcePools(),
                        pool ->
                                pool.withResources(
                                        pool.id().equals(into)
                                                ? put(pool.resources(), entry.resource(), ID)
                                                : remove(pool.resources(), id(entry), ID))));
    }

    @Override
    CatalogueDocument without(CatalogueDocument document, String id) {
        return document.withResourcePools(
                each(
                        document.resourcePools(),
                        pool -> pool.withResources(remove(pool.resources(), id, ID))));
    }

    @Override
    String pointer(CatalogueDocument document, String id) {
        for (int p = 0; p < document.resourcePools().size(); p++) {
            var resources = document.resourcePools().get(p).resources();
            int r = indexOf(resources, id, ID);
            if (r < resources.size()) {
                return "/resourcePools/%d/resources/%d".formatted(p, r);
            }
        }
        throw new IllegalArgumentException("No such resource: " + id);
    }
}
