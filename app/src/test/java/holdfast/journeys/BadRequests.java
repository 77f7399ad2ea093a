package holdfast.journeys;

import holdfast.testing.Description;
import holdfast.testing.Description.Call;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that can be wrong with a call, as the description of its parameters has it: one
 * request for each parameter, in the path, the query, the headers and at every depth of the body,
 * and each way to get it wrong. A new call needs nothing here.
 *
 * @param known by the name of a parameter or a member: what exists
 * @param foreign by the same names: what exists in another tenant only
 * @param bodies by the id of a call: a body with which it would do something; others send the
 *     example of their description
 * @param headers of whoever calls
 */
record BadRequests(
        Description description,
        Map<String, String> known,
        Map<String, String> foreign,
        Map<String, String> bodies,
        Map<String, String> headers) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final String UNKNOWN = "0190a000-0000-7000-8000-00000000dead";
    private static final Set<Integer> MALFORMED = Set.of(400);

    /** For what a path names, and for what else is named. */
    private static final Set<Integer> NOTHING_THERE = Set.of(404);

    private static final Set<Integer> NO_REFERENCE = Set.of(422);

    List<BadRequest> of(Call call) {
        var right = right(call);
        var found = new ArrayList<BadRequest>();
        for (var parameter : description.parametersOf(call)) {
            var name = parameter.path("name").asString();
            switch (parameter.path("in").asString()) {
                case "path" -> inPath(right, name, found);
                case "query" -> inQuery(right, parameter, name, found);
                default -> inHeader(right, name, found);
            }
        }
        token(right, found);
        negotiation(right, found);
        if (right.body() != null) {
            documents(right, found);
            var schema = schemaOf(call);
            inBody(right, JSON.readTree(right.body()), schema, "", found);
            references(right, found);
        }
        return found;
    }

    private static JsonNode schemaOf(Call call) {
        return call.node().at("/requestBody/content/application~1json/schema");
    }

    /** What would be taken, if everything it names is known here. */
    private BadRequest right(Call call) {
        var path = new LinkedHashMap<String, String>();
        var query = new LinkedHashMap<String, List<String>>();
        for (var parameter : description.parametersOf(call)) {
            var name = parameter.path("name").asString();
            if (parameter.path("in").asString().equals("path")) {
                path.put(name, value(call, name, parameter.path("schema")));
            } else if (parameter.path("in").asString().equals("query")
                    && (parameter.path("required").asBoolean(false) || name.equals("dryRun"))) {
                query.put(name, List.of(value(call, name, parameter.path("schema"))));
            }
        }
        var sent = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) -> sent.put(name, List.of(value)));
        var content = call.node().at("/requestBody/content/application~1json");
        var body =
                content.isMissingNode()
                        ? null
                        : bodies.getOrDefault(call.id(), content.path("example").toString());
        if (content.has("schema") && !content.has("example") && !bodies.containsKey(call.id())) {
            body = sample(content.path("schema"), 0).toString();
        }
        if (body != null) {
            sent.put("Content-Type", List.of("application/json"));
        }
        return new BadRequest(call, "nothing", path, query, sent, body, Set.of(), null);
    }

    private String value(Call call, String name, JsonNode schema) {
        var ofCall = known.get(call.path().replaceAll("/v\\d+/", "/").split("/")[2] + "/" + name);
        var anywhere = ofCall == null ? known.get(name) : ofCall;
        return anywhere == null ? sample(schema, 0).asString() : anywhere;
    }

    private boolean isReference(String name) {
        return known.keySet().stream().anyMatch(each -> each.endsWith(name))
                && foreign.containsKey(name);
    }

    private void inPath(BadRequest right, String name, List<BadRequest> found) {
        var what = "path " + name + ": ";
        var nothing = mayMakeIt(right) ? Set.of(404, 422) : NOTHING_THERE;
        if (isReference(name)) {
            found.add(right.withPath(name, UNKNOWN).because(what + "unknown", nothing, null));
            found.add(
                    right.withPath(name, Objects.requireNonNull(foreign.get(name)))
                            .because(what + "of another tenant", nothing, null));
        }
        var unreadable = mayMakeIt(right) ? Set.of(400, 404, 422) : Set.of(400, 404);
        var texts =
                Map.of(
                        "no id", "%",
                        "blank", " ",
                        "too long", "x".repeat(5000),
                        "markup", "<b>'\";--",
                        "another script", "Ünïcödé-号");
        texts.forEach(
                (flaw, text) ->
                        found.add(
                                right.withPath(name, text).because(what + flaw, unreadable, null)));
        found.add(right.withPath(name, "a\0b").because(what + "U+0000", unreadable, null));
        found.add(
                right.withPath(name, "a/b").because(what + "a slash", Set.of(400, 401, 404), null));
    }

    /** It says in its body, too, what it is about: another name in the address contradicts that. */
    private static boolean mayMakeIt(BadRequest right) {
        return right.call().id().startsWith("put");
    }

    private void inQuery(
            BadRequest right, JsonNode parameter, String name, List<BadRequest> found) {
        var what = "query " + name + ": ";
        var schema = description.resolved(parameter.path("schema"));
        var required = parameter.path("required").asBoolean(false);
        if (required) {
            var without = new LinkedHashMap<>(right.query());
            without.remove(name);
            found.add(
                    new BadRequest(
                            right.call(),
                            what + "missing",
                            right.path(),
                            without,
                            right.headers(),
                            right.body(),
                            MALFORMED,
                            name));
        }
        var isList = schema.path("type").asString("").equals("array");
        var one = isList ? description.resolved(schema.path("items")) : schema;
        for (var flaw : flawedTexts(one).entrySet()) {
            found.add(
                    right.withQuery(name, flaw.getValue())
                            .because(what + flaw.getKey(), MALFORMED, name));
        }
        if (!isList) {
            var value = value(right.call(), name, one);
            found.add(right.withQuery(name, value, value).because(what + "twice", MALFORMED, name));
        }
        if (isReference(name)) {
            // a filter of a list may fit nothing
            var answers =
                    required || !right.call().method().equals("GET")
                            ? NO_REFERENCE
                            : Set.of(200, 422);
            found.add(right.withQuery(name, UNKNOWN).because(what + "unknown", answers, null));
            found.add(
                    right.withQuery(name, Objects.requireNonNull(foreign.get(name)))
                            .because(what + "of another tenant", answers, null));
        }
    }

    private static void inHeader(BadRequest right, String name, List<BadRequest> found) {
        var what = "header " + name + ": ";
        switch (name) {
            case "X-TENANT-ID" -> {
                found.add(right.withHeader(name).because(what + "missing", MALFORMED, null));
                found.add(right.withHeader(name, "").because(what + "empty", MALFORMED, null));
                found.add(right.withHeader(name, " ").because(what + "blank", MALFORMED, null));
                found.add(
                        right.withHeader(name, "a", "a").because(what + "twice", MALFORMED, null));
                for (var wrong : List.of("nowhere", "x".repeat(5000), "a b", "<b>'\";--")) {
                    found.add(
                            right.withHeader(name, wrong)
                                    .because(
                                            what + "unknown, " + wrong.charAt(0),
                                            NOTHING_THERE,
                                            null));
                }
            }
            case "Idempotency-Key" -> {
                for (var wrong : List.of("", "x".repeat(256), "a b", "\"")) {
                    found.add(
                            right.withHeader(name, wrong)
                                    .because(
                                            what + (wrong.length() > 9 ? "too long" : wrong),
                                            MALFORMED,
                                            null));
                }
            }
            case "Accept-Language" -> {
                if (right.call().method().equals("GET")) {
                    for (var odd : List.of("", "!", "x".repeat(3000), "de;q=x,,;", "*")) {
                        found.add(
                                right.withHeader(name, odd)
                                        .because(
                                                what + "odd, " + (odd.length() > 9 ? "long" : odd),
                                                Set.of(200, 404, 422),
                                                null));
                    }
                }
            }
            default -> {} // what others read is theirs to try
        }
    }

    private void token(BadRequest right, List<BadRequest> found) {
        for (var wrong :
                List.of("Bearer ", "Bearer x", "Bearer a.b.c", "Bearer " + "x".repeat(4000))) {
            found.add(
                    right.withHeader("Authorization", wrong)
                            .because("no token, " + wrong.length(), Set.of(400, 401), null));
        }
        found.add(
                right.withHeader("Authorization", "Bearer " + foreign.get("token"))
                        .because("another tenant's token", Set.of(403), null));
        if (right.call().node().path("security").valueStream().noneMatch(JsonNode::isEmpty)) {
            found.add(
                    right.withHeader("Authorization")
                            .because("without a token", Set.of(401), null));
        }
    }

    private static void negotiation(BadRequest right, List<BadRequest> found) {
        var answers = right.call().node().path("responses");
        if (answers.has("200") || answers.has("201")) {
            found.add(
                    right.withHeader("Accept", "image/png")
                            .because("wants another media type", Set.of(406), null));
        }
        if (right.body() != null && answers.has("415")) {
            found.add(
                    right.withHeader("Content-Type", "text/plain")
                            .because("sends another media type", Set.of(415), null));
        }
    }

    private static void documents(BadRequest right, List<BadRequest> found) {
        var body = String.valueOf(right.body()).strip();
        var wrong = new LinkedHashMap<String, String>();
        wrong.put("cut off", body.substring(0, body.length() - 1));
        wrong.put("no JSON", "serviceId=passport");
        wrong.put("a list", "[" + body + "]");
        wrong.put("a text", "\"text\"");
        wrong.put("text after it", body + " x");
        wrong.put("twice", body + body);
        wrong.put(
                "too deep",
                body.replaceFirst("\\{", "{\"deep\": " + "[".repeat(99) + "]".repeat(99) + ","));
        wrong.put("a name twice", body.replaceFirst("\\{", "{\"Twice\": 1, \"Twice\": 2,"));
        wrong.put("U+0000 outside of a text", body.replaceFirst("\\{", "{\0"));
        if (right.call().node().at("/requestBody/required").asBoolean(false)) {
            wrong.put("null", "null");
            wrong.put("empty", "");
            wrong.put("blank", " ");
        }
        wrong.forEach(
                (flaw, text) ->
                        found.add(right.withBody(text).because("body: " + flaw, MALFORMED, null)));
    }

    /** Walks the schema and what is sent together; what is not sent is put there. */
    private void inBody(
            BadRequest right,
            JsonNode whole,
            JsonNode unresolved,
            String at,
            List<BadRequest> found) {
        var schema = description.resolved(unresolved);
        for (var flaw : flawed(schema).entrySet()) {
            found.add(
                    right.withBody(with(whole, at, flaw.getValue()).toString())
                            .because("body %s: %s".formatted(at, flaw.getKey()), MALFORMED, at));
        }
        var required = schema.path("required").valueStream().map(JsonNode::asString).toList();
        for (var member : schema.path("properties").properties()) {
            var here = at + "/" + member.getKey();
            if (at.chars().filter(c -> c == '/').count() > 12) {
                continue; // a shape that contains itself
            }
            var filled =
                    whole.at(here).isMissingNode()
                            ? with(whole, here, sample(member.getValue(), 0))
                            : whole;
            if (required.contains(member.getKey())) {
                found.add(
                        right.withBody(with(whole, here, null).toString())
                                .because("body %s: missing".formatted(here), MALFORMED, here));
                found.add(
                        right.withBody(with(whole, here, NODES.nullNode()).toString())
                                .because("body %s: null".formatted(here), MALFORMED, here));
            }
            inBody(right, filled, member.getValue(), here, found);
        }
        if (schema.has("items")) {
            var here = at + "/0";
            var filled =
                    whole.at(here).isMissingNode()
                            ? with(whole, here, sample(schema.path("items"), 0))
                            : whole;
            inBody(right, filled, schema.path("items"), here, found);
        }
        if (schema.path("additionalProperties").isObject() && !schema.has("properties")) {
            var here = at + "/en_US";
            inBody(
                    right,
                    with(whole, here, sample(schema.path("additionalProperties"), 0)),
                    schema.path("additionalProperties"),
                    here,
                    found);
        }
    }

    /** What a body names, and there is not. */
    private void references(BadRequest right, List<BadRequest> found) {
        if (!bodies.containsKey(right.call().id())) {
            return; // it names what is unknown all over
        }
        var whole = JSON.readTree(String.valueOf(right.body()));
        everywhere(
                whole,
                "",
                at -> {
                    var name = at.substring(at.lastIndexOf('/') + 1);
                    // an id without a noun is of what the body itself makes
                    if (!name.equals("id") && isReference(name)) {
                        found.add(
                                right.withBody(
                                                with(whole, at, NODES.stringNode(UNKNOWN))
                                                        .toString())
                                        .because(
                                                "body %s: unknown".formatted(at),
                                                NO_REFERENCE,
                                                null));
                        found.add(
                                right.withBody(
                                                with(whole, at, NODES.stringNode(foreign.get(name)))
                                                        .toString())
                                        .because(
                                                "body %s: of another tenant".formatted(at),
                                                NO_REFERENCE,
                                                null));
                    }
                });
    }

    private static void everywhere(JsonNode value, String at, Consumer<String> visitor) {
        value.forEachEntry((name, member) -> everywhere(member, at + "/" + name, visitor));
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            everywhere(value.path(i), at + "/" + i, visitor);
        }
        if (value.isString()) {
            visitor.accept(at);
        }
    }

    /** A copy with another value at a place; null takes it away. */
    private static JsonNode with(JsonNode whole, String at, @Nullable JsonNode value) {
        if (at.isEmpty()) {
            return value == null ? NODES.missingNode() : value;
        }
        var copy = whole.deepCopy();
        var name = at.substring(at.lastIndexOf('/') + 1);
        var parent = at.substring(0, at.lastIndexOf('/'));
        switch (copy.at(parent)) {
            case ObjectNode object -> {
                if (value == null) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            case ArrayNode array -> {
                if (value != null && array.isEmpty()) {
                    array.add(value);
                } else if (value != null) {
                    array.set(Integer.parseInt(name), value);
                }
            }
            default -> throw new IllegalArgumentException(at + " has no parent");
        }
        return copy;
    }

    /** A small value that fits. */
    private JsonNode sample(JsonNode unresolved, int depth) {
        var schema = description.resolved(unresolved);
        if (schema.has("example")) {
            return schema.path("example");
        }
        if (schema.has("default")) {
            return schema.path("default");
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        var type = schema.path("type");
        return switch (type.isArray() ? type.path(0).asString() : type.asString("object")) {
            case "string" ->
                    NODES.stringNode(
                            switch (schema.path("format").asString("")) {
                                case "date" -> "2030-01-01";
                                case "date-time" -> "2030-01-01T09:00:00Z";
                                case "email" -> "ada@example.org";
                                default ->
                                        schema.path("pattern").asString("").contains("24:00")
                                                ? "09:00"
                                                : schema.has("pattern") ? "abcdefghij" : "x";
                            });
            case "integer" -> NODES.numberNode(1);
            case "number" -> NODES.numberNode(1.5);
            case "boolean" -> NODES.booleanNode(true);
            case "array" -> {
                var list = NODES.arrayNode();
                yield depth > 6 ? list : list.add(sample(schema.path("items"), depth + 1));
            }
            default -> {
                var object = NODES.objectNode();
                for (var name : schema.path("required")) {
                    object.set(
                            name.asString(),
                            sample(schema.path("properties").path(name.asString()), depth + 1));
                }
                if (schema.path("additionalProperties").isObject()) {
                    object.set("en_US", sample(schema.path("additionalProperties"), depth + 1));
                }
                yield object;
            }
        };
    }

    /** Of JSON values, what the schema forbids, by what is wrong with it. */
    private static Map<String, JsonNode> flawed(JsonNode schema) {
        var found = new LinkedHashMap<String, JsonNode>();
        var types =
                schema.path("type").isArray()
                        ? schema.path("type").valueStream().map(JsonNode::asString).toList()
                        : List.of(schema.path("type").asString(""));
        if (!types.contains("object")) {
            found.put("an object", NODES.objectNode());
        }
        if (!types.contains("array")) {
            found.put("a list", NODES.arrayNode());
        }
        if (!types.contains("boolean")) {
            found.put("true", NODES.booleanNode(true));
        }
        if (!types.contains("number")) {
            found.put("1.5", NODES.numberNode(1.5));
            if (!types.contains("integer")) {
                found.put("1", NODES.numberNode(1));
            }
        }
        if (types.contains("integer") && !types.contains("string")) {
            found.put("too large", NODES.numberNode(new BigInteger("98765432109876543210")));
        }
        if (!types.contains("string")) {
            found.put("\"1\"", NODES.stringNode("1"));
            found.put("an empty text", NODES.stringNode(""));
        } else {
            flawedTexts(schema).forEach((flaw, text) -> found.put(flaw, NODES.stringNode(text)));
            found.put("U+0000", NODES.stringNode("a\0b"));
        }
        if (schema.has("maxItems")) {
            var list = NODES.arrayNode();
            for (int i = 0; i <= schema.path("maxItems").asInt(); i++) {
                list.add(NODES.objectNode());
            }
            found.put("too many", list);
        }
        if (schema.path("minItems").asInt(0) > 0) {
            found.put("none", NODES.arrayNode());
        }
        return found;
    }

    /** Of texts, what the schema forbids, in a query or a body. */
    private static Map<String, String> flawedTexts(JsonNode schema) {
        var found = new LinkedHashMap<String, String>();
        var format = schema.path("format").asString("");
        switch (schema.path("type").asString("string")) {
            case "integer" -> {
                found.put("no number", "x");
                found.put("1.5", "1.5");
                found.put("hexadecimal", "0x1F");
                found.put("too large", "98765432109876543210");
                found.put("empty", "");
            }
            case "number", "boolean" -> {
                found.put("another word", "perhaps");
                found.put("empty", "");
            }
            default -> {
                if (format.equals("date")) {
                    found.put("another way to write dates", "31.12.2030");
                    found.put("no such day", "2030-02-30");
                    found.put("empty", "");
                } else if (format.equals("date-time")) {
                    found.put("without offset", "2030-01-01T09:00:00");
                    found.put("only a date", "2030-01-01");
                    found.put("empty", "");
                } else if (format.equals("email")) {
                    found.put("no address", "nowhere");
                } else if (schema.has("enum")) {
                    found.put("no such word", "PERHAPS");
                    found.put("empty", "");
                } else if (schema.has("pattern")) {
                    var pattern = Pattern.compile(schema.path("pattern").asString());
                    Stream.of("?", " ? ")
                            .filter(text -> !pattern.matcher(text).find())
                            .forEach(text -> found.put("another form", text));
                }
                if (schema.path("minLength").asInt(0) > 0) {
                    found.put("empty", "");
                }
                if (schema.has("maxLength")) {
                    found.put("too long", "x".repeat(schema.path("maxLength").asInt() + 1));
                }
            }
        }
        if (schema.has("maximum")) {
            found.put(
                    "above", schema.path("maximum").decimalValue().add(BigDecimal.ONE).toString());
        }
        if (schema.has("minimum")) {
            found.put(
                    "below",
                    schema.path("minimum").decimalValue().subtract(BigDecimal.ONE).toString());
        }
        return found;
    }
}
