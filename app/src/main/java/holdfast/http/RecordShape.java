package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;

/**
 * An object that becomes a record. Names match without regard to case, unknown ones are passed
 * over, and a component must be there unless it is {@code @Nullable}, a list or a map.
 */
final class RecordShape implements Shape {

    private final Class<?> type;
    private volatile @Nullable Plan plan;

    RecordShape(Class<?> type) {
        this.type = type;
    }

    @Override
    public @Nullable Object read(JsonParser json, At at, Faults faults) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return Json.wrongKind(json, phrase("an object"), at, faults);
        }
        return plan().read(json, at, faults);
    }

    // Made at first use and not with the shape: a record may contain itself.
    private Plan plan() {
        var made = plan;
        if (made == null) {
            made = Plan.of(type);
            plan = made;
        }
        return made;
    }

    private record Part(String name, Shape shape, boolean mayBeNull, Constraints constraints) {}

    private record Plan(Constructor<?> constructor, Part[] parts, Map<String, Integer> positions) {

        static Plan of(Class<?> type) {
            var components = type.getRecordComponents();
            var parts = new Part[components.length];
            var positions = new HashMap<String, Integer>();
            for (int i = 0; i < parts.length; i++) {
                var component = components[i];
                parts[i] =
                        new Part(
                                component.getName(),
                                Shapes.of(component.getAnnotatedType(), component),
                                Shapes.mayBeNull(component.getAnnotatedType()),
                                Constraints.on(type, component.getName()));
                positions.put(component.getName().toLowerCase(Locale.ROOT), i);
            }
            return new Plan(canonical(type, components), parts, positions);
        }

        private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
            try {
                var constructor =
                        type.getDeclaredConstructor(
                                Arrays.stream(components)
                                        .map(RecordComponent::getType)
                                        .toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return constructor;
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Nullable Object read(JsonParser json, At at, Faults faults) {
            var before = faults.count();
            var values = new @Nullable Object[parts.length];
            var given = new boolean[parts.length];
            HashSet<String> unknown = null;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var here = at.member(json.currentName());
                var position = positions.get(here.name().toLowerCase(Locale.ROOT));
                json.nextToken();
                if (position == null) {
                    unknown = unknown == null ? new HashSet<>() : unknown;
                    if (!unknown.add(here.name())) {
                        faults.note(here, "is given twice");
                    }
                    Json.skip(json, here, faults);
                } else if (given[position]) {
                    faults.note(here, "is given twice");
                    Json.skip(json, here, faults);
                } else {
                    given[position] = true;
                    values[position] = read(parts[position], json, here, faults);
                }
            }
            for (int i = 0; i < parts.length; i++) {
                if (!given[i]) {
                    values[i] = absent(parts[i], at.member(parts[i].name()), faults);
                }
            }
            return faults.count() == before ? make(values, at, faults) : null;
        }

        private static @Nullable Object read(Part part, JsonParser json, At at, Faults faults) {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return absent(part, at, faults);
            }
            var value = part.shape().read(json, at, faults);
            if (value != null) {
                part.constraints().check(value, at, faults);
            }
            return value;
        }

        private static @Nullable Object absent(Part part, At at, Faults faults) {
            if (part.mayBeNull()) {
                return null;
            }
            var value = part.shape().whenAbsent();
            if (value == null) {
                faults.note(at, "is required");
            } else {
                part.constraints().check(value, at, faults);
            }
            return value;
        }

        // A constructor's own refusal is about the whole of its record.
        private @Nullable Object make(@Nullable Object[] values, At at, Faults faults) {
            try {
                return Reflection.make(constructor, values);
            } catch (IllegalArgumentException refusal) {
                faults.note(at, Scalar.reason(refusal));
                return null;
            }
        }
    }
}
