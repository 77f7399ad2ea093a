package holdfast.catalogue;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.CatalogueRefusal.UnknownEntry;

import java.util.List;
import java.util.function.Function;

/** The offers of all services; one of a service that there is not is refused. */
final class Offers extends Entries<ServiceOffer> {

    private static final Function<Offer, String> BRANCH = offer -> offer.branch().text();

    Offers() {
        super(phrase("offer"));
    }

    @Override
    public String id(ServiceOffer entry) {
        return ServiceOffer.id(entry.service(), entry.offer().branch());
    }

    @Override
    public List<ServiceOffer> in(CatalogueDocument document) {
        return document.services().stream()
                .flatMap(
                        service ->
                                service.branches().stream()
                                        .map(offer -> new ServiceOffer(service.id(), offer)))
                .toList();
    }

    @Override
    CatalogueDocument with(CatalogueDocument document, ServiceOffer entry) {
        if (document.services().stream().noneMatch(each -> each.id().equals(entry.service()))) {
            throw new Refused(new UnknownEntry(SERVICES.kind(), entry.service().text()));
        }
        return document.withServices(
                each(
                        document.services(),
                        service ->
                                service.id().equals(entry.service())
                                        ? service.withBranches(
                                                put(service.branches(), entry.offer(), BRANCH))
                                        : service));
    }

    @Override
    CatalogueDocument without(CatalogueDocument document, String id) {
        return document.withServices(
                each(
                        document.services(),
                        service ->
                                service.withBranches(
                                        service.branches().stream()
                                                .filter(
                                                        offer ->
                                                                !ServiceOffer.id(
                                                                                service.id(),
                                                                                offer.branch())
                                                                        .equals(id))
                                                .toList())));
    }

    @Override
    String pointer(CatalogueDocument document, String id) {
        for (int s = 0; s < document.services().size(); s++) {
            var service = document.services().get(s);
            for (int b = 0; b < service.branches().size(); b++) {
                if (ServiceOffer.id(service.id(), service.branches().get(b).branch()).equals(id)) {
                    return "/services/%d/branches/%d".formatted(s, b);
                }
            }
        }
        throw new IllegalArgumentException("No such offer: " + id);
    }
}
