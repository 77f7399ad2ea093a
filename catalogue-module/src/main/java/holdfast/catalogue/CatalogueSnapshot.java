package holdfast.catalogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A document with an index over each of its lists. */
final class CatalogueSnapshot implements Catalogue {

    private final CatalogueDocument document;
    private final long revision;

    private final Map<BranchId, Branch> branches;
    private final Map<HolidayCalendarId, HolidayCalendar> holidayCalendars;
    private final Map<ResourceTypeId, ResourceType> resourceTypes;
    private final Map<PoolId, ResourcePool> pools;
    private final Map<PoolId, Integer> positions = new HashMap<>();
    private final Map<ServiceId, Service> services;
    private final Map<ServiceId, Map<BranchId, Offer>> offers = new HashMap<>();
    private final Map<BranchId, List<ServiceCombination>> combinations = new HashMap<>();

    /** Of a document without faults. */
    CatalogueSnapshot(CatalogueDocument document, long revision) {
        this.document = document;
        this.revision = revision;
        branches = index(document.branches(), Branch::id);
        holidayCalendars = index(document.holidayCalendars(), HolidayCalendar::id);
        resourceTypes = index(document.resourceTypes(), ResourceType::id);
        pools = index(document.resourcePools(), ResourcePool::id);
        document.resourcePools().forEach(pool -> positions.put(pool.id(), positions.size()));
        services = index(document.services(), Service::id);
        document.services()
                .forEach(
                        service ->
                                offers.put(service.id(), index(service.branches(), Offer::branch)));
        for (var combination : document.serviceCombinations()) {
            combinations
                    .computeIfAbsent(combination.branch(), _ -> new ArrayList<>())
                    .add(combination);
        }
        combinations.replaceAll((_, sets) -> List.copyOf(sets));
    }

    private static <I, T> Map<I, T> index(List<T> all, Function<T, I> id) {
        return all.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
    }

    @Override
    public Tenant tenant() {
        return document.tenant();
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Optional<Branch> branch(BranchId id) {
        return Optional.ofNullable(branches.get(id));
    }

    @Override
    public Optional<HolidayCalendar> holidayCalendar(HolidayCalendarId id) {
        return Optional.ofNullable(holidayCalendars.get(id));
    }

    @Override
    public Optional<ResourceType> resourceType(ResourceTypeId id) {
        return Optional.ofNullable(resourceTypes.get(id));
    }

    @Override
    public Optional<ResourcePool> pool(PoolId id) {
        return Optional.ofNullable(pools.get(id));
    }

    @Override
    public int position(PoolId id) {
        var position = positions.get(id);
        if (position == null) {
            throw new IllegalArgumentException("Not a pool of this catalogue: " + id);
        }
        return position;
    }

    @Override
    public Optional<Service> service(ServiceId id) {
        return Optional.ofNullable(services.get(id));
    }

    @Override
    public Optional<Offer> offer(ServiceId service, BranchId branch) {
        return Optional.ofNullable(offers.getOrDefault(service, Map.of()).get(branch));
    }

    @Override
    public List<Branch> branches() {
        return document.branches();
    }

    @Override
    public List<Service> services() {
        return document.services();
    }

    @Override
    public List<ServiceGroup> serviceGroups() {
        return document.serviceGroups();
    }

    @Override
    public List<ServiceCombination> combinationsAt(BranchId branch) {
        return combinations.getOrDefault(branch, List.of());
    }

    @Override
    public CatalogueDocument document() {
        return document;
    }
}
