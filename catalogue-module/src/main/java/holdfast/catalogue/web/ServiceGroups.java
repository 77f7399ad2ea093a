package holdfast.catalogue.web;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceGroup;
import holdfast.catalogue.ServiceGroupId;
import holdfast.catalogue.ServiceId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * The services under their headings, both in order of display.
 *
 * @param services those without a heading
 */
record ServiceGroups(List<GroupedService> services, List<Group> serviceGroups) {

    record Group(ServiceGroupId id, String name, int index, List<GroupedService> services) {}

    /**
     * @param index the service's own, else its place in this list
     * @param onlineBookable in general; a branch may say otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GroupedService(
            ServiceId id,
            String name,
            int index,
            @Nullable String externalDescription,
            boolean onlineBookable) {}

    static ServiceGroups of(Words words) {
        var catalogue = words.catalogue();
        var grouped = new HashSet<ServiceId>();
        catalogue.serviceGroups().forEach(group -> grouped.addAll(group.services()));
        return new ServiceGroups(
                list(
                        catalogue.services().stream()
                                .filter(service -> !grouped.contains(service.id()))
                                .toList(),
                        words),
                catalogue.serviceGroups().stream()
                        .sorted(Comparator.comparingInt(ServiceGroup::index))
                        .map(group -> group(group, words))
                        .toList());
    }

    private static Group group(ServiceGroup group, Words words) {
        var services =
                group.services().stream()
                        .flatMap(id -> words.catalogue().service(id).stream())
                        .toList();
        return new Group(group.id(), words.of(group.name()), group.index(), list(services, words));
    }

    private static List<GroupedService> list(List<Service> services, Words words) {
        var list = new ArrayList<GroupedService>();
        for (var service : services) {
            list.add(
                    new GroupedService(
                            service.id(),
                            words.of(service.name()),
                            service.index() == null ? list.size() : service.index(),
                            words.orNull(service.description()),
                            service.onlineBookable()));
        }
        list.sort(Comparator.comparingInt(GroupedService::index));
        return list;
    }
}
