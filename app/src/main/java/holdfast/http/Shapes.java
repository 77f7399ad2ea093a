package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import com.fasterxml.jackson.annotation.JsonCreator;

import holdfast.catalogue.Phrase;
import holdfast.catalogue.TextOrNumber;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Finds the shape of a type; each class is looked at once. */
final class Shapes {

    private static final Map<Class<?>, Shape> KNOWN =
            Map.ofEntries(
                    Map.entry(String.class, Scalar.TEXT),
                    Map.entry(int.class, Scalar.INTEGER),
                    Map.entry(Integer.class, Scalar.INTEGER),
                    Map.entry(long.class, Scalar.LONG),
                    Map.entry(Long.class, Scalar.LONG),
                    Map.entry(boolean.class, Scalar.BOOLEAN),
                    Map.entry(Boolean.class, Scalar.BOOLEAN),
                    Map.entry(double.class, Scalar.DECIMAL),
                    Map.entry(Double.class, Scalar.DECIMAL),
                    Map.entry(LocalDate.class, Scalar.DATE),
                    Map.entry(OffsetDateTime.class, Scalar.INSTANT_WITH_OFFSET),
                    Map.entry(Instant.class, Scalar.INSTANT),
                    Map.entry(Duration.class, Scalar.DURATION),
                    Map.entry(ZoneId.class, Scalar.ZONE),
                    Map.entry(UUID.class, new Scalar.Text(phrase("a UUID"), UUID::fromString)));

    private static final ClassValue<Shape> OF_CLASS =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return ofClass(type);
                }
            };

    private Shapes() {}

    static Shape of(Class<?> type) {
        return OF_CLASS.get(type);
    }

    /**
     * The shape of a component's type, where annotations on the type say whether null may stand.
     */
    static Shape of(AnnotatedType type, AnnotatedElement component) {
        var shape = of(type);
        return shape instanceof Scalar text && component.isAnnotationPresent(TextOrNumber.class)
                ? new Scalar.Digits(text)
                : shape;
    }

    static boolean mayBeNull(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static Shape of(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType generic) {
            var arguments = generic.getAnnotatedActualTypeArguments();
            var raw = rawClass(type.getType());
            if (raw == List.class) {
                return new Shape.Elements(of(arguments[0]), mayBeNull(arguments[0]));
            }
            if (raw == Map.class && of(arguments[0]) instanceof Scalar key) {
                return new Shape.Members(key, of(arguments[1]));
            }
        }
        return of(rawClass(type.getType()));
    }

    private static Class<?> rawClass(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> rawClass(generic.getRawType());
            default -> throw new IllegalArgumentException("No JSON is read as " + type);
        };
    }

    private static Shape ofClass(Class<?> type) {
        var known = KNOWN.get(type);
        if (known != null) {
            return known;
        }
        for (var method : type.getMethods()) {
            if (isCreator(method, type)) {
                return made(method, type);
            }
        }
        if (type.isEnum()) {
            return Scalar.oneOf(type);
        }
        if (type.isRecord()) {
            return new RecordShape(type);
        }
        throw new IllegalArgumentException("No JSON is read as " + type);
    }

    private static boolean isCreator(Method method, Class<?> type) {
        return Modifier.isStatic(method.getModifiers())
                && method.isAnnotationPresent(JsonCreator.class)
                && method.getParameterCount() == 1
                && method.getReturnType() == type;
    }

    private static Shape made(Method creator, Class<?> type) {
        var from = of(creator.getAnnotatedParameterTypes()[0]);
        if (from == Scalar.TEXT) {
            return new Scalar.Text(
                    new Phrase(words(type.getSimpleName()), List.of()),
                    text -> Reflection.call(creator, text));
        }
        return new Made(from, creator);
    }

    /** {@code ReservationId} reads "a reservation id". */
    static String words(String type) {
        return "a " + type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** What a factory makes of another value. */
    private record Made(Shape from, Method creator) implements Shape {

        @Override
        public @Nullable Object read(JsonParser json, At at, Faults faults) {
            var source = from.read(json, at, faults);
            if (source == null) {
                return null;
            }
            try {
                return Reflection.call(creator, source);
            } catch (IllegalArgumentException refusal) {
                faults.note(at, Scalar.reason(refusal));
                return null;
            }
        }
    }
}
