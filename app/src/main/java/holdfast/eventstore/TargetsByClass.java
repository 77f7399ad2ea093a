package holdfast.eventstore;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.AnnotationCommandTargetResolver;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Finds a command's aggregate by the component of its record that is marked, looked for once per
 * class. Axon looks through all methods and fields of each command again.
 */
final class TargetsByClass implements CommandTargetResolver {

    private final CommandTargetResolver others = AnnotationCommandTargetResolver.builder().build();

    private final ClassValue<Target> targets =
            new ClassValue<>() {
                @Override
                protected Target computeValue(Class<?> command) {
                    return new Target(accessor(command));
                }
            };

    /**
     * @param accessor null: the command is no record, or none of its components is marked
     */
    private record Target(@Nullable Method accessor) {}

    private static @Nullable Method accessor(Class<?> command) {
        var components = command.getRecordComponents();
        if (components == null) {
            return null;
        }
        var marked =
                Arrays.stream(components)
                        .filter(
                                each ->
                                        each.isAnnotationPresent(TargetAggregateIdentifier.class)
                                                || each.getAccessor()
                                                        .isAnnotationPresent(
                                                                TargetAggregateIdentifier.class))
                        .findFirst()
                        .map(RecordComponent::getAccessor)
                        .orElse(null);
        if (marked != null) {
            marked.setAccessible(true);
        }
        return marked;
    }

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
        var accessor = targets.get(command.getPayloadType()).accessor();
        if (accessor == null) {
            return others.resolveTarget(command);
        }
        try {
            return new VersionedAggregateIdentifier(accessor.invoke(command.getPayload()), null);
        } catch (ReflectiveOperationException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
