package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.Phrase;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.HashSet;

/** Small steps through a document that all shapes take. */
final class Json {

    private Json() {}

    /** Notes that something else stands there than should, and passes over it. */
    static @Nullable Object wrongKind(JsonParser json, Phrase wanted, At at, Faults faults) {
        faults.note(at, "must be %s, not %s", wanted, kind(json));
        skip(json, at, faults);
        return null;
    }

    /** Passes over one value, in which a name may still not stand twice. */
    static void skip(JsonParser json, At at, Faults faults) {
        switch (json.currentToken()) {
            case START_OBJECT -> {
                var names = new HashSet<String>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    var here = at.member(json.currentName());
                    if (!names.add(here.name())) {
                        faults.note(here, "is given twice");
                    }
                    json.nextToken();
                    skip(json, here, faults);
                }
            }
            case START_ARRAY -> {
                for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
                    skip(json, at.element(index), faults);
                }
            }
            case null, default -> {}
        }
    }

    private static Phrase kind(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> phrase("an object");
            case START_ARRAY -> phrase("a list");
            case VALUE_STRING -> phrase("a text");
            case VALUE_NUMBER_INT -> phrase("an integer");
            case VALUE_NUMBER_FLOAT -> phrase("a number with a fraction or an exponent");
            case VALUE_TRUE, VALUE_FALSE -> phrase("true or false");
            case null, default -> phrase("null");
        };
    }
}
