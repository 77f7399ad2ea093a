package holdfast.catalogue;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.CatalogueRefusal.FaultyDocument;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The closures of everything that can be closed. One that is put where it stands changes nothing.
 */
final class PlacedClosures extends Entries<PlacedClosure> {

    PlacedClosures() {
        super(phrase("closure"));
    }

    /** A closure and its JSON pointer. */
    private record Found(PlacedClosure entry, String pointer) {}

    @Override
    public String id(PlacedClosure entry) {
        return entry.id();
    }

    @Override
    public List<PlacedClosure> in(CatalogueDocument document) {
        return found(document).stream().map(Found::entry).distinct().toList();
    }

    private static List<Found> found(CatalogueDocument document) {
        var found = new ArrayList<Found>();
        for (int b = 0; b < document.branches().size(); b++) {
            var branch = document.branches().get(b);
            add(
                    found,
                    branch.closures(),
                    "/branches/" + b,
                    closure -> PlacedClosure.ofBranch(branch.id(), closure));
        }
        for (int p = 0; p < document.resourcePools().size(); p++) {
            var pool = document.resourcePools().get(p);
            add(
                    found,
                    pool.closures(),
                    "/resourcePools/" + p,
                    closure -> PlacedClosure.ofPool(pool.id(), closure));
            for (int r = 0; r < pool.resources().size(); r++) {
                var resource = pool.resources().get(r);
                add(
                        found,
                        resource.closures(),
                        "/resourcePools/" + p + "/resources/" + r,
                        closure -> PlacedClosure.ofResource(resource.id(), closure));
            }
        }
        for (int s = 0; s < document.services().size(); s++) {
            var service = document.services().get(s);
            for (int o = 0; o < service.branches().size(); o++) {
                var offer = service.branches().get(o);
                add(
                        found,
                        offer.closures(),
                        "/services/" + s + "/branches/" + o,
                        closure -> PlacedClosure.ofService(service.id(), offer.branch(), closure));
            }
        }
        return found;
    }

    private static void add(
            List<Found> found,
            List<Closure> closures,
            String place,
            Function<Closure, PlacedClosure> placed) {
        for (int c = 0; c < closures.size(); c++) {
            found.add(new Found(placed.apply(closures.get(c)), place + "/closures/" + c));
        }
    }

    @Override
    CatalogueDocument with(CatalogueDocument document, PlacedClosure entry) {
        refuseNowhere(document, entry);
        return find(document, entry.id()).isPresent()
                ? document
                : changed(
                        document,
                        entry,
                        closures -> {
                            var more = new ArrayList<>(closures);
                            more.add(entry.closure());
                            return List.copyOf(more);
                        });
    }

    @Override
    CatalogueDocument without(CatalogueDocument document, String id) {
        return find(document, id)
                .map(
                        entry ->
                                changed(
                                        document,
                                        entry,
                                        closures ->
                                                closures.stream()
                                                        .filter(c -> !c.equals(entry.closure()))
                                                        .toList()))
                .orElse(document);
    }

    private static CatalogueDocument changed(
            CatalogueDocument document, PlacedClosure entry, UnaryOperator<List<Closure>> change) {
        if (entry.service() != null) {
            return document.withServices(
                    each(
                            document.services(),
                            service ->
                                    service.id().equals(entry.service())
                                            ? changed(service, entry, change)
                                            : service));
        }
        if (entry.branch() != null) {
            return document.withBranches(
                    each(
                            document.branches(),
                            branch ->
                                    branch.id().equals(entry.branch())
                                            ? branch.withClosures(change.apply(branch.closures()))
                                            : branch));
        }
        return document.withResourcePools(
                each(document.resourcePools(), pool -> changed(pool, entry, change)));
    }

    private static Service changed(
            Service service, PlacedClosure entry, UnaryOperator<List<Closure>> change) {
        return service.withBranches(
                each(
                        service.branches(),
                        offer ->
                                offer.branch().equals(entry.branch())
                                        ? offer.withClosures(change.apply(offer.closures()))
                                        : offer));
    }

    private static ResourcePool changed(
            ResourcePool pool, PlacedClosure entry, UnaryOperator<List<Closure>> change) {
        if (pool.id().equals(entry.resourcePool())) {
            return pool.withClosures(change.apply(pool.closures()));
        }
        return pool.withResources(
                each(
                        pool.resources(),
                        resource ->
                                resource.id().equals(entry.resource())
                                        ? resource.withClosures(change.apply(resource.closures()))
                                        : resource));
    }

    @Override
    String pointer(CatalogueDocument document, String id) {
        return found(document).stream()
                .filter(each -> each.entry().id().equals(id))
                .findFirst()
                .orElseThrow()
                .pointer();
    }

    private static void refuseNowhere(CatalogueDocument document, PlacedClosure entry) {
        var faults = new ArrayList<Fault>();
        if (!entry.isOfOneThing()) {
            faults.add(
                    new Fault(
                            "",
                            "A closure is of one branch, of one service at a branch, of one"
                                    + " resource pool or of one resource"));
        }
        refer(entry.branch(), document.branches(), Branch::id, "/branch", phrase("branch"), faults);
        refer(
                entry.service(),
                document.services(),
                Service::id,
                "/service",
                phrase("service"),
                faults);
        refer(
                entry.resourcePool(),
                document.resourcePools(),
                ResourcePool::id,
                "/resourcePool",
                phrase("resource pool"),
                faults);
        refer(
                entry.resource(),
                RESOURCES.in(document),
                PooledResource::id,
                "/resource",
                phrase("resource"),
                faults);
        if (faults.isEmpty()
                && entry.service() != null
                && entry.branch() != null
                && OFFERS.find(document, ServiceOffer.id(entry.service(), entry.branch()))
                        .isEmpty()) {
            faults.add(new Fault("/service", "The service is not offered at the branch"));
        }
        if (!faults.isEmpty()) {
            throw new Refused(new FaultyDocument(faults));
        }
    }

    private static <E, I> void refer(
            @Nullable I id,
            List<E> all,
            Function<E, I> idOf,
            String pointer,
            Phrase what,
            List<Fault> faults) {
        if (id != null && all.stream().noneMatch(each -> idOf.apply(each).equals(id))) {
            faults.add(new Fault(pointer, "No %s has the id %s", what, id));
        }
    }
}
