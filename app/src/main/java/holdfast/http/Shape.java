package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a JSON value must look to become a value of ours. A shape reads on past what is wrong, so
 * that one reading finds all faults.
 */
interface Shape {

    /**
     * Reads the value whose first token is the current one, and stops at its last.
     *
     * @return the value; null exactly if at least one fault was added
     */
    @Nullable Object read(JsonParser json, At at, Faults faults);

    /** What stands for an absent value; null if absence is a fault. */
    default @Nullable Object whenAbsent() {
        return null;
    }

    /** An array, element by element. Absent is the same as empty. */
    record Elements(Shape element, boolean mayHoldNull) implements Shape {

        @Override
        public @Nullable Object read(JsonParser json, At at, Faults faults) {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                return Json.wrongKind(json, phrase("a list"), at, faults);
            }
            var before = faults.count();
            List<@Nullable Object> elements = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                var here = at.element(elements.size());
                elements.add(
                        json.currentToken() == JsonToken.VALUE_NULL && mayHoldNull
                                ? null
                                : element.read(json, here, faults));
            }
            return faults.count() == before ? Collections.unmodifiableList(elements) : null;
        }

        @Override
        public Object whenAbsent() {
            return List.of();
        }
    }

    /**
     * An object whose members are data, in the order they were sent. Absent is the same as empty.
     */
    record Members(Scalar key, Shape value) implements Shape {

        @Override
        public @Nullable Object read(JsonParser json, At at, Faults faults) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                return Json.wrongKind(json, phrase("an object"), at, faults);
            }
            var before = faults.count();
            var names = new HashSet<String>();
            Map<@Nullable Object, @Nullable Object> members = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                var here = at.member(name);
                var read = key.fromText(name, here, faults);
                json.nextToken();
                if (!names.add(name)) {
                    faults.note(here, "is given twice");
                    Json.skip(json, here, faults);
                } else {
                    members.put(read, value.read(json, here, faults));
                }
            }
            return faults.count() == before ? Collections.unmodifiableMap(members) : null;
        }

        @Override
        public Object whenAbsent() {
            return Map.of();
        }
    }
}
