package holdfast.testing;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Whether a value is what a schema of the description says, stricter than JSON Schema: what is not
 * described is a fault, in a value as well as in a schema (a keyword that is unknown here).
 *
 * @param description the whole document, which references lead into
 */
record JsonSchema(JsonNode description) {

    /** Of keywords that say nothing about a value. */
    private static final Set<String> SAYS_NOTHING =
            Set.of("description", "title", "example", "examples", "default", "deprecated");

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    /** Everything that is wrong, each with the JSON pointer of its place. */
    List<String> faultsOf(JsonNode value, JsonNode schema) {
        var check = new Check(description, false, new ArrayList<>());
        check.value(value, schema, "");
        return check.faults();
    }

    /**
     * The same for what was sent and taken: names match without regard to case, unknown ones may
     * stand there, and null is the same as absent.
     */
    List<String> faultsOfSent(JsonNode value, JsonNode schema) {
        var check = new Check(description, true, new ArrayList<>());
        check.value(value, schema, "");
        return check.faults();
    }

    /** Follows references until something is said. */
    JsonNode resolved(JsonNode node) {
        var found = node;
        while (found.has("$ref")) {
            found = description.at(found.path("$ref").asString().substring(1));
        }
        return found;
    }

    private record Check(JsonNode description, boolean sent, List<String> faults) {

        void value(JsonNode value, JsonNode unresolved, String at) {
            var schema = new JsonSchema(description).resolved(unresolved);
            for (var keyword : schema.properties()) {
                keyword(keyword.getKey(), keyword.getValue(), value, schema, at);
            }
        }

        private void keyword(
                String keyword, JsonNode says, JsonNode value, JsonNode schema, String at) {
            switch (keyword) {
                case "type" -> type(value, says, at);
                case "enum" ->
                        require(
                                says.valueStream().anyMatch(value::equals),
                                at,
                                value,
                                "none of",
                                says);
                case "properties" -> {
                    if (value.isObject()) {
                        members(value, says, schema.path("additionalProperties"), at);
                    }
                }
                case "required" -> {
                    if (value.isObject()) {
                        says.forEach(
                                name ->
                                        require(
                                                has(value, name.asString()),
                                                at,
                                                value,
                                                "without",
                                                name));
                    }
                }
                case "additionalProperties" -> {
                    if (value.isObject() && !schema.has("properties") && says.isObject()) {
                        value.forEachEntry((name, member) -> value(member, says, at + "/" + name));
                    }
                }
                case "items" -> {
                    for (int i = 0; value.isArray() && i < value.size(); i++) {
                        value(value.path(i), says, at + "/" + i);
                    }
                }
                case "minItems" ->
                        require(
                                !value.isArray() || value.size() >= says.asInt(),
                                at,
                                value,
                                "too short",
                                says);
                case "maxItems" ->
                        require(
                                !value.isArray() || value.size() <= says.asInt(),
                                at,
                                value,
                                "too long",
                                says);
                case "minLength" ->
                        require(
                                !value.isString() || value.asString().length() >= says.asInt(),
                                at,
                                value,
                                "too short",
                                says);
                case "maxLength" ->
                        require(
                                !value.isString() || value.asString().length() <= says.asInt(),
                                at,
                                value,
                                "too long",
                                says);
                case "minimum" ->
                        require(
                                !value.isNumber()
                                        || value.decimalValue().compareTo(says.decimalValue()) >= 0,
                                at,
                                value,
                                "below",
                                says);
                case "maximum" ->
                        require(
                                !value.isNumber()
                                        || value.decimalValue().compareTo(says.decimalValue()) <= 0,
                                at,
                                value,
                                "above",
                                says);
                case "pattern" ->
                        require(
                                !value.isString()
                                        || PATTERNS.computeIfAbsent(
                                                        says.asString(), Pattern::compile)
                                                .matcher(value.asString())
                                                .find(),
                                at,
                                value,
                                "not of the form",
                                says);
                case "format" ->
                        require(
                                !value.isString() || isOf(says.asString(), value.asString()),
                                at,
                                value,
                                "not of the format",
                                says);
                case "oneOf", "anyOf" -> oneOf(value, says, at);
                case "allOf" -> says.forEach(each -> value(value, each, at));
                default ->
                        require(
                                SAYS_NOTHING.contains(keyword),
                                at,
                                schema,
                                "has a keyword that JsonSchema does not know yet:",
                                keyword);
            }
        }

        private void require(boolean holds, String at, JsonNode value, String flaw, Object of) {
            if (!holds) {
                var text = value.toString();
                faults.add(
                        "%s: %s is %s %s"
                                .formatted(
                                        at.isEmpty() ? "/" : at,
                                        text.length() > 200 ? text.substring(0, 200) + "…" : text,
                                        flaw,
                                        of));
            }
        }

        private void type(JsonNode value, JsonNode says, String at) {
            var kind =
                    switch (value.getNodeType()) {
                        case OBJECT -> "object";
                        case ARRAY -> "array";
                        case BOOLEAN -> "boolean";
                        case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
                        case NULL -> "null";
                        default -> "string";
                    };
            var kinds = says.isArray() ? says.valueStream().toList() : List.of(says);
            require(
                    kinds.stream()
                            .map(JsonNode::asString)
                            .anyMatch(
                                    allowed ->
                                            allowed.equals(kind)
                                                    || allowed.equals("number")
                                                            && kind.equals("integer")),
                    at,
                    value,
                    "no",
                    says);
        }

        private void members(JsonNode value, JsonNode described, JsonNode additional, String at) {
            for (var member : value.properties()) {
                var here = at + "/" + member.getKey();
                var schema = named(described, member.getKey());
                if (!schema.isMissingNode()) {
                    if (!sent || !member.getValue().isNull()) {
                        value(member.getValue(), schema, here);
                    }
                } else if (additional.isObject()) {
                    value(member.getValue(), additional, here);
                } else if (!sent && !additional.asBoolean(false)) {
                    require(false, here, member.getValue(), "not described", "");
                }
            }
        }

        private JsonNode named(JsonNode object, String name) {
            if (!sent || object.has(name)) {
                return object.path(name);
            }
            return object.properties().stream()
                    .filter(member -> member.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseGet(() -> object.path(name));
        }

        private boolean has(JsonNode object, String name) {
            var member = named(object, name);
            return !member.isMissingNode() && !(sent && member.isNull());
        }

        private void oneOf(JsonNode value, JsonNode alternatives, String at) {
            var fits =
                    alternatives
                            .valueStream()
                            .anyMatch(
                                    each -> {
                                        var check = new Check(description, sent, new ArrayList<>());
                                        check.value(value, each, at);
                                        return check.faults().isEmpty();
                                    });
            require(fits, at, value, "none of", alternatives);
        }

        private static boolean isOf(String format, String text) {
            return switch (format) {
                case "date" -> parses(LocalDate::parse, text);
                case "date-time" -> parses(OffsetDateTime::parse, text);
                case "email" -> text.contains("@");
                case "uri-reference", "byte", "password" -> true;
                case "uuid" ->
                        text.toLowerCase(Locale.ROOT)
                                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
                default -> true;
            };
        }

        private static boolean parses(Consumer<String> reader, String text) {
            try {
                reader.accept(text);
                return true;
            } catch (DateTimeException unreadable) {
                return false;
            }
        }
    }
}
