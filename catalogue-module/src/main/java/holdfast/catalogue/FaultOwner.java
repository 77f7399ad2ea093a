package holdfast.catalogue;

import holdfast.catalogue.CatalogueRefusal.EntryStillNeeded.Need;

/** Tells whose fault it is, for people who see an entry and not the document it is in. */
final class FaultOwner {

    private FaultOwner() {}

    /**
     * @param fault one that {@link CatalogueCheck} found in the document
     */
    static Need of(Fault fault, CatalogueDocument document) {
        var steps = fault.pointer().split("/");
        if (steps[1].equals("tenant")) {
            return new Need(CatalogueKind.TENANT, document.tenant().id().text(), fault.detail());
        }
        int index = Integer.parseInt(steps[2]);
        return switch (steps[1]) {
            case "holidayCalendars" ->
                    need(
                            CatalogueKind.HOLIDAY_CALENDAR,
                            document.holidayCalendars().get(index).id(),
                            fault);
            case "resourceTypes" ->
                    need(
                            CatalogueKind.RESOURCE_TYPE,
                            document.resourceTypes().get(index).id(),
                            fault);
            case "branches" ->
                    need(CatalogueKind.BRANCH, document.branches().get(index).id(), fault);
            case "resourcePools" ->
                    need(
                            CatalogueKind.RESOURCE_POOL,
                            document.resourcePools().get(index).id(),
                            fault);
            case "services" -> ofService(document.services().get(index), steps, fault);
            case "serviceGroups" ->
                    need(
                            CatalogueKind.SERVICE_GROUP,
                            document.serviceGroups().get(index).id(),
                            fault);
            case "serviceCombinations" ->
                    need(
                            CatalogueKind.SERVICE_COMBINATION,
                            document.serviceCombinations().get(index).key(),
                            fault);
            default -> throw new IllegalArgumentException("Not of a document: " + fault);
        };
    }

    private static Need ofService(Service service, String[] steps, Fault fault) {
        if (steps.length < 5 || !steps[3].equals("branches")) {
            return need(CatalogueKind.SERVICE, service.id(), fault);
        }
        var offer = service.branches().get(Integer.parseInt(steps[4]));
        return need(CatalogueKind.OFFER, ServiceOffer.id(service.id(), offer.branch()), fault);
    }

    private static Need need(CatalogueKind kind, Object id, Fault fault) {
        return new Need(kind, id.toString(), fault.detail());
    }
}
