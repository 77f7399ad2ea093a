package holdfast.eventstore;

import holdfast.catalogue.EventName;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which class an event's stored name stands for, and the other way round. */
public final class EventNames {

    private final Map<String, Class<?>> classes = new TreeMap<>();

    private EventNames() {}

    /**
     * All events below some packages.
     *
     * @throws IllegalStateException if a name is used twice or an event has no revision
     */
    public static EventNames below(Collection<String> packages) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(EventName.class));
        EventNames names = new EventNames();
        for (String root : packages) {
            for (var candidate : scanner.findCandidateComponents(root)) {
                String className = Objects.requireNonNull(candidate.getBeanClassName());
                ClassLoader loader = EventNames.class.getClassLoader();
                names.add(ClassUtils.resolveClassName(className, loader));
            }
        }
        return names;
    }

    private void add(Class<?> event) {
        String name = Objects.requireNonNull(nameOf(event));
        if (!event.isAnnotationPresent(Revision.class)) {
            throw new IllegalStateException("The event " + event.getName() + " has no @Revision");
        }
        Class<?> other = classes.putIfAbsent(name, event);
        if (other != null) {
            throw new IllegalStateException(
                    "The event name %s stands for both %s and %s"
                            .formatted(name, other.getName(), event.getName()));
        }
    }

    /** All names with their revisions, such as {@code reservation.Reserved 1}, in order. */
    public Map<String, String> revisions() {
        return classes.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> entry.getValue().getAnnotation(Revision.class).value(),
                                (first, second) -> first,
                                TreeMap::new));
    }

    @Nullable Class<?> classOf(String name) {
        return classes.get(name);
    }

    static @Nullable String nameOf(Class<?> event) {
        EventName name = event.getAnnotation(EventName.class);
        return name == null ? null : name.value();
    }
}
