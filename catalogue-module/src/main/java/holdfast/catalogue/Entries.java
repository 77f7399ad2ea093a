package holdfast.catalogue;

import static holdfast.catalogue.Phrase.phrase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The entries of one kind: where they stand in a document, and the document with one of them put or
 * removed. Nothing is checked here.
 *
 * @param <T> an entry
 */
public abstract class Entries<T> {

    public static final Entries<HolidayCalendar> HOLIDAY_CALENDARS =
            new Listed<>(
                    phrase("holiday calendar"),
                    "/holidayCalendars",
                    calendar -> calendar.id().text(),
                    CatalogueDocument::holidayCalendars,
                    CatalogueDocument::withHolidayCalendars);

    public static final Entries<ResourceType> RESOURCE_TYPES =
            new Listed<>(
                    phrase("resource type"),
                    "/resourceTypes",
                    type -> type.id().text(),
                    CatalogueDocument::resourceTypes,
                    CatalogueDocument::withResourceTypes);

    public static final Entries<Branch> BRANCHES =
            new Listed<>(
                    phrase("branch"),
                    "/branches",
                    branch -> branch.id().text(),
                    CatalogueDocument::branches,
                    CatalogueDocument::withBranches);

    public static final Entries<ResourcePool> RESOURCE_POOLS =
            new Listed<>(
                    phrase("resource pool"),
                    "/resourcePools",
                    pool -> pool.id().text(),
                    CatalogueDocument::resourcePools,
                    CatalogueDocument::withResourcePools);

    public static final Entries<PooledResource> RESOURCES = new Resources();

    public static final Entries<Service> SERVICES =
            new Listed<>(
                    phrase("service"),
                    "/services",
                    service -> service.id().text(),
                    CatalogueDocument::services,
                    CatalogueDocument::withServices);

    public static final Entries<ServiceOffer> OFFERS = new Offers();

    public static final Entries<ServiceGroup> SERVICE_GROUPS =
            new Listed<>(
                    phrase("service group"),
                    "/serviceGroups",
                    group -> group.id().text(),
                    CatalogueDocument::serviceGroups,
                    CatalogueDocument::withServiceGroups);

    /** Named by {@link ServiceCombination#key()}. */
    public static final Entries<ServiceCombination> SERVICE_COMBINATIONS =
            new Listed<>(
                    phrase("service combination"),
                    "/serviceCombinations",
                    ServiceCombination::key,
                    CatalogueDocument::serviceCombinations,
                    CatalogueDocument::withServiceCombinations);

    /** Those of branches, offers, pools and resources; named by {@link PlacedClosure#id()}. */
    public static final Entries<PlacedClosure> CLOSURES = new PlacedClosures();

    /** The one tenant, who is never removed. */
    public static final Entries<Tenant> TENANT =
            new Listed<>(
                    phrase("tenant"),
                    "/tenant",
                    tenant -> tenant.id().text(),
                    document -> List.of(document.tenant()),
                    (document, tenants) -> document.withTenant(tenants.getLast())) {

                @Override
                String pointer(CatalogueDocument document, String id) {
                    return "/tenant";
                }
            };

    private final Phrase kind;

    Entries(Phrase kind) {
        this.kind = kind;
    }

    /** What one of them is called, such as "resource pool". */
    public Phrase kind() {
        return kind;
    }

    public abstract String id(T entry);

    /** All of them, in the order of the document. */
    public abstract List<T> in(CatalogueDocument document);

    public Optional<T> find(CatalogueDocument document, String id) {
        return in(document).stream().filter(entry -> id(entry).equals(id)).findFirst();
    }

    abstract CatalogueDocument with(CatalogueDocument document, T entry);

    abstract CatalogueDocument without(CatalogueDocument document, String id);

    /** Where the entry, which is there, stands: a JSON pointer. */
    abstract String pointer(CatalogueDocument document, String id);

    static <E> List<E> put(List<E> all, E entry, Function<E, String> id) {
        int at = indexOf(all, id.apply(entry), id);
        var changed = new ArrayList<>(all);
        if (at < all.size()) {
            changed.set(at, entry);
        } else {
            changed.add(entry);
        }
        return List.copyOf(changed);
    }

    static <E> List<E> remove(List<E> all, String wanted, Function<E, String> id) {
        return all.stream().filter(each -> !id.apply(each).equals(wanted)).toList();
    }

    /** The number of all if it is not among them. */
    static <E> int indexOf(List<E> all, String wanted, Function<E, String> id) {
        return IntStream.range(0, all.size())
                .filter(i -> id.apply(all.get(i)).equals(wanted))
                .findFirst()
                .orElse(all.size());
    }

    static <E> List<E> each(List<E> all, UnaryOperator<E> change) {
        return all.stream().map(change).toList();
    }

    /** A list of the document. */
    private static class Listed<T> extends Entries<T> {

        private final String pointer;
        private final Function<T, String> id;
        private final Function<CatalogueDocument, List<T>> all;
        private final BiFunction<CatalogueDocument, List<T>, CatalogueDocument> withAll;

        Listed(
                Phrase kind,
                String pointer,
                Function<T, String> id,
                Function<CatalogueDocument, List<T>> all,
                BiFunction<CatalogueDocument, List<T>, CatalogueDocument> withAll) {
            super(kind);
            this.pointer = pointer;
            this.id = id;
            this.all = all;
            this.withAll = withAll;
        }

        @Override
        public String id(T entry) {
            return id.apply(entry);
        }

        @Override
        public List<T> in(CatalogueDocument document) {
            return all.apply(document);
        }

        @Override
        CatalogueDocument with(CatalogueDocument document, T entry) {
            return withAll.apply(document, put(in(document), entry, id));
        }

        @Override
        CatalogueDocument without(CatalogueDocument document, String wanted) {
            return withAll.apply(document, remove(in(document), wanted, id));
        }

        @Override
        String pointer(CatalogueDocument document, String wanted) {
            return pointer + "/" + indexOf(in(document), wanted, id);
        }
    }
}
