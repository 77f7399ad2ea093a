package holdfast.pages;

import static holdfast.pages.Visitor.encoded;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Offer;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceGroup;
import holdfast.catalogue.ServiceId;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The services that can be booked online, under their headings.
 *
 * @param searched what was looked for; empty: nothing
 */
record ServiceList(String searched, List<Group> groups, @Nullable String branch) {

    /**
     * @param name null: the services without a heading
     */
    record Group(@Nullable String name, List<Item> services) {}

    /**
     * @param minutes one visit takes
     */
    record Item(String name, @Nullable String description, int minutes, String href) {}

    /**
     * @param at only what this branch offers; null: what any does
     * @param searched only what has these words in its name or description, however they are
     *     accented
     */
    static ServiceList of(Visitor visitor, @Nullable BranchId at, String searched) {
        var catalogue = visitor.catalogue();
        var listed =
                catalogue.services().stream()
                        .filter(
                                service ->
                                        service.branches().stream()
                                                .anyMatch(o -> can(service, o, at)))
                        .filter(service -> matches(visitor, service, plain(searched)))
                        .sorted(Comparator.comparingInt(ServiceList::index))
                        .toList();
        var groups = new ArrayList<Group>();
        var grouped = new HashSet<ServiceId>();
        catalogue.serviceGroups().stream()
                .sorted(Comparator.comparingInt(ServiceGroup::index))
                .forEach(
                        group -> {
                            grouped.addAll(group.services());
                            add(
                                    groups,
                                    visitor.text(group.name()),
                                    visitor,
                                    at,
                                    among(listed, Set.copyOf(group.services())));
                        });
        add(
                groups,
                null,
                visitor,
                at,
                listed.stream().filter(service -> !grouped.contains(service.id())).toList());
        return new ServiceList(
                searched,
                groups,
                at == null
                        ? null
                        : catalogue.branch(at).map(b -> visitor.text(b.name())).orElse(null));
    }

    private static List<Service> among(List<Service> listed, Set<ServiceId> ids) {
        return listed.stream().filter(service -> ids.contains(service.id())).toList();
    }

    private static int index(Service service) {
        return Objects.requireNonNullElse(service.index(), Integer.MAX_VALUE);
    }

    private static boolean can(Service service, Offer offer, @Nullable BranchId at) {
        return isOnline(service, offer) && (at == null || offer.branch().equals(at));
    }

    static boolean isOnline(Service service, Offer offer) {
        return Objects.requireNonNullElse(offer.onlineBookable(), service.onlineBookable());
    }

    private static boolean matches(Visitor visitor, Service service, String searched) {
        var description = visitor.textOrNull(service.description());
        var text =
                plain(
                        visitor.text(service.name())
                                + " "
                                + (description == null ? "" : description));
        return List.of(searched.split("\\s+")).stream().allMatch(text::contains);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    private static void add(
            List<Group> groups,
            @Nullable String name,
            Visitor visitor,
            @Nullable BranchId at,
            List<Service> services) {
        if (!services.isEmpty()) {
            groups.add(new Group(name, services.stream().map(s -> item(visitor, at, s)).toList()));
        }
    }

    private static Item item(Visitor visitor, @Nullable BranchId at, Service service) {
        var here = at == null ? null : visitor.catalogue().offer(service.id(), at).orElse(null);
        return new Item(
                visitor.text(service.name()),
                visitor.textOrNull(service.description()),
                here == null || here.durationMinutes() == null
                        ? service.durationMinutes()
                        : here.durationMinutes(),
                visitor.url(
                        visitor.home()
                                + "?service="
                                + encoded(service.id().text())
                                + (at == null ? "" : "&branch=" + encoded(at.text()))));
    }
}
