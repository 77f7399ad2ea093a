package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.Phrase;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

import java.io.InputStream;

/**
 * Reads JSON into records and finds everything that is wrong with it at once.
 *
 * <p>Names match without regard to case; unknown ones are ignored. A component of a record is
 * required unless it is {@code @Nullable}; a list that is absent is empty. Nothing is converted: an
 * integer is neither {@code 1.0} nor {@code "1"}, an instant has an offset, a zone is known, a name
 * stands once. Constraints of {@code jakarta.validation} on components are checked in the same go.
 */
public final class StrictJson {

    private static final int DEEPEST = 64;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(100)
                                    .maxNameLength(1_000)
                                    .build())
                    .build();

    private StrictJson() {}

    /**
     * @throws Malformed if the document is no JSON, or not of the record's shape
     */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(JSON.createParser(ObjectReadContext.empty(), json), type);
    }

    /**
     * The same from a stream, which is read to its end and closed.
     *
     * @throws Malformed if the document is no JSON, or not of the record's shape
     */
    public static <T> T read(InputStream json, Class<T> type) {
        return read(JSON.createParser(ObjectReadContext.empty(), json), type);
    }

    /**
     * The same, and null if all of the document is {@code null}: so clients write that they send
     * none.
     *
     * @throws Malformed if the document is no JSON, or not of the record's shape
     */
    static <T> @Nullable T readOrNull(InputStream json, Class<T> type) {
        return read(JSON.createParser(ObjectReadContext.empty(), json), new OrNull(type), type);
    }

    private static <T> T read(JsonParser parser, Class<T> type) {
        var value = read(parser, Shapes.of(type), type);
        if (value == null) {
            throw new IllegalStateException("There is no fault, and no value");
        }
        return value;
    }

    private static <T> @Nullable T read(JsonParser parser, Shape shape, Class<T> type) {
        var faults = new Faults();
        T value;
        try (parser) {
            value = type.cast(readAll(parser, shape, faults));
        }
        if (faults.count() > 0) {
            throw new Malformed(faults.listed());
        }
        return value;
    }

    /** A record, or null in its place. */
    private record OrNull(Class<?> type) implements Shape {

        @Override
        public @Nullable Object read(JsonParser json, At at, Faults faults) {
            return json.currentToken() == JsonToken.VALUE_NULL
                    ? null
                    : Shapes.of(type).read(json, at, faults);
        }
    }

    private static @Nullable Object readAll(JsonParser json, Shape shape, Faults faults) {
        Object value = null;
        try {
            if (json.nextToken() == null) {
                faults.note(At.ROOT, "is empty, and should be a JSON document");
                return null;
            }
            value = shape.read(json, At.ROOT, faults);
        } catch (JacksonException broken) {
            faults.note(json.streamReadContext().pathAsPointer().toString(), reason(broken));
            return null;
        }
        try {
            if (json.nextToken() == null) {
                return value;
            }
        } catch (JacksonException broken) {
            // it is text after the document all the same
        }
        faults.note(At.ROOT, "must end where its JSON value ends");
        return null;
    }

    // In our own words: the parser's name classes and settings.
    private static Phrase reason(JacksonException broken) {
        var where = broken.getLocation();
        return switch (broken) {
            case StreamConstraintsException _ ->
                    phrase(
                            "is nested deeper than %d levels, or has a number or a name that is far"
                                    + " too long",
                            DEEPEST);
            default ->
                    where == null
                            ? phrase("is not JSON")
                            : phrase(
                                    "is not JSON from line %d, column %d on",
                                    where.getLineNr(), where.getColumnNr());
        };
    }
}
