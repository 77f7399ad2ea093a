package holdfast.eventstore;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes an instance of any record, every component filled and no two instants the same. */
final class Sample {

    private int count;

    Object of(Type type) {
        count++;
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? Map.of(of(of[0]), of(of[1]))
                    : List.of(of(of[0]));
        }
        return ofClass((Class<?>) type);
    }

    private Object ofClass(Class<?> type) {
        if (type.isRecord()) {
            return ofRecord(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isSealed() && type != ZoneId.class) {
            return of(type.getPermittedSubclasses()[0]);
        }
        return switch (type.getSimpleName()) {
            case "String" -> "text-" + count;
            case "int", "Integer" -> count;
            case "long", "Long" -> (long) count;
            case "double", "Double" -> count + 0.5;
            case "boolean", "Boolean" -> true;
            case "UUID" -> new UUID(0x7000L, count);
            case "Instant" -> Instant.EPOCH.plusSeconds(count).plusNanos(1_000);
            // an offset that is nobody's default, so that it is seen when one gets lost
            case "OffsetDateTime" ->
                    Instant.EPOCH.plusSeconds(count).atOffset(ZoneOffset.ofHours(9));
            case "LocalDate" -> LocalDate.EPOCH.plusDays(count);
            case "Duration" -> Duration.ofSeconds(count);
            case "ZoneId" -> ZoneId.of("Europe/Berlin");
            case "DayOfWeek" -> DayOfWeek.MONDAY;
            default -> throw new IllegalArgumentException("No sample of " + type);
        };
    }

    private Object ofRecord(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] raw =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values =
                Arrays.stream(components)
                        .map(component -> of(component.getGenericType()))
                        .toArray();
        try {
            var constructor = type.getDeclaredConstructor(raw);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("No sample of " + type + Arrays.toString(values), e);
        }
    }
}
