package holdfast.testing;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The description of the calls, as {@code docs/openapi.json} keeps it, and whether what clients and
 * nodes say to each other is what it says. That it is what runs, {@code KeptDescriptionTest} sees
 * to.
 */
public final class Description {

    public static final Path KEPT = Path.of("../docs/openapi.json");

    /** How to write what runs into {@link #KEPT}. */
    public static final String HOW_TO_KEEP =
            "mvn test -pl app -am -Dtest=KeptDescriptionTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dholdfast.describe=true";

    private static final String PROBLEM = "application/problem+json";
    private static final JsonMapper JSON = new JsonMapper();

    /** Where calls are. Whatever else a node answers are pages, tokens, health and figures. */
    private static final Pattern CALLS =
            Pattern.compile(
                    "/(external|admin|audit|reports)/v\\d+(/.*)?"
                            + "|/(services|reservations|appointments|serviceCombination)(/.*)?");

    /** What HTTP, proxies and browsers know about any answer, and no call describes. */
    private static final Set<String> GENERAL =
            Set.of(
                    ":status",
                    "allow",
                    "cache-control",
                    "connection",
                    "content-disposition",
                    "content-encoding",
                    "content-length",
                    "content-security-policy",
                    "content-type",
                    "date",
                    "expires",
                    "keep-alive",
                    "permissions-policy",
                    "pragma",
                    "referrer-policy",
                    "strict-transport-security",
                    "transfer-encoding",
                    "vary",
                    "x-content-type-options",
                    "x-frame-options",
                    "x-xss-protection");

    /** Problems that may be met at any address, since they are about no call in particular. */
    private static final Set<String> OF_NO_CALL =
            Set.of("/problems/malformed-request", "/problems/method-not-allowed");

    private final JsonNode root;
    private final JsonSchema schemas;
    private final List<Call> calls = new ArrayList<>();

    private Description(JsonNode root) {
        this.root = root;
        this.schemas = new JsonSchema(root);
        root.path("paths")
                .forEachEntry(
                        (path, methods) ->
                                methods.forEachEntry(
                                        (method, node) ->
                                                calls.add(
                                                        new Call(
                                                                method.toUpperCase(Locale.ROOT),
                                                                path,
                                                                node))));
        // what is spelled out goes before what is a parameter
        calls.sort(Comparator.comparing(call -> call.path().replace('{', '~')));
    }

    /** One call of the description. */
    public record Call(String method, String path, JsonNode node) {

        private boolean isAt(String address) {
            var form = Pattern.quote(path).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q");
            return address.matches(form);
        }

        public String id() {
            return node.path("operationId").asString();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** What was asked and what was answered, on the wire. */
    public record Exchange(
            String method,
            URI asked,
            HttpHeaders sent,
            @Nullable String body,
            int status,
            HttpHeaders headers,
            byte[] answer) {

        private String type() {
            return headers.firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        }

        @Override
        public String toString() {
            return "%s %s, answered %d".formatted(method, asked.getRawPath(), status);
        }
    }

    private static final class Kept {
        static final Description HOLDER = read();

        private static Description read() {
            try {
                return new Description(JSON.readTree(Files.readString(KEPT)));
            } catch (IOException missing) {
                throw new UncheckedIOException("Write it: " + HOW_TO_KEEP, missing);
            }
        }
    }

    /** As {@link #KEPT} has it. */
    public static Description kept() {
        return Kept.HOLDER;
    }

    public JsonNode root() {
        return root;
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Of a call, its parameters in all places, without references. */
    public List<JsonNode> parametersOf(Call call) {
        return call.node().path("parameters").valueStream().map(schemas::resolved).toList();
    }

    /** What a reference leads to; anything else is itself. */
    public JsonNode resolved(JsonNode node) {
        return schemas.resolved(node);
    }

    /** What an answer's value is not, though its schema says so. */
    public List<String> faultsOf(JsonNode value, JsonNode schema) {
        return schemas.faultsOf(value, schema);
    }

    /** The types of problem that a call may answer with this status. */
    public Set<String> problemsOf(Call call, int status) {
        return call
                .node()
                .path("responses")
                .path(Integer.toString(status))
                .path("content")
                .path(PROBLEM)
                .path("examples")
                .propertyNames()
                .stream()
                .map(name -> "/problems/" + name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The call that answers there, under whichever of its spellings. */
    public Optional<Call> callAt(String method, String path) {
        return spellings(path)
                .flatMap(
                        spelling ->
                                calls.stream()
                                        .filter(call -> call.method().equals(method))
                                        .filter(call -> call.isAt(spelling)))
                .findFirst();
    }

    /** As the introduction of the description has it. */
    private static Stream<String> spellings(String path) {
        var whole =
                path.matches("/(services|reservations|appointments|serviceCombination)(/.*)?")
                        ? "/external/v1" + path
                        : path;
        return Stream.of(
                whole,
                whole.replace("/reservations/reservations/", "/reservations/"),
                whole.replaceFirst("/serviceCombination/(reservations|appointments)/", "/$1/"));
    }

    /**
     * Sees that an exchange is as described: what was taken, the answer's status, media type,
     * headers and body, and the type of a problem.
     *
     * @throws AssertionError naming everything that is not, and what to do
     */
    public void check(Exchange exchange) {
        var path = exchange.asked().getRawPath();
        if (!CALLS.matcher(path).matches()) {
            return;
        }
        var faults = new ArrayList<String>();
        var call = callAt(exchange.method(), path);
        if (call.isPresent()) {
            check(call.get(), exchange, faults);
        } else if (exchange.status() != 404
                && exchange.status() != 405
                && exchange.status() != 401) {
            faults.add("no such call is described");
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(
                    """
                    %s:
                      %s
                    This is not what %s says. If it should be so, describe it at the handler
                    (@Operation, @Refuses, ApiDescription for headers and members of problems) and run
                      %s
                    """
                            .formatted(
                                    exchange,
                                    String.join("\n  ", faults),
                                    KEPT.getFileName(),
                                    HOW_TO_KEEP));
        }
    }

    private void check(Call call, Exchange exchange, List<String> faults) {
        var answer = call.node().path("responses").path(Integer.toString(exchange.status()));
        var body = parsed(exchange.answer(), exchange.type());
        if (exchange.type().equals(PROBLEM) && isOfNoCall(body)) {
            return;
        }
        if (answer.isMissingNode()) {
            faults.add(call + " does not describe this status; it was " + text(exchange));
            return;
        }
        checkBody(call, answer, exchange, body, faults);
        for (var name : exchange.headers().map().keySet()) {
            var isDescribed =
                    answer.path("headers").propertyNames().stream()
                            .anyMatch(name::equalsIgnoreCase);
            if (!isDescribed && !GENERAL.contains(name.toLowerCase(Locale.ROOT))) {
                faults.add("the header %s is not described".formatted(name));
            }
        }
        if (exchange.status() < 300) {
            checkTaken(call, exchange, faults);
        }
    }

    private static boolean isOfNoCall(JsonNode body) {
        return OF_NO_CALL.contains(body.path("type").asString(""));
    }

    private void checkBody(
            Call call, JsonNode answer, Exchange exchange, JsonNode body, List<String> faults) {
        var contents = answer.path("content");
        if (contents.isEmpty()) {
            if (exchange.answer().length > 0) {
                faults.add("no body is described, but there was " + text(exchange));
            }
            return;
        }
        var content =
                contents.properties().stream()
                        .filter(
                                each ->
                                        each.getKey()
                                                .replaceFirst(";.*", "")
                                                .equals(exchange.type()))
                        .findFirst();
        if (content.isEmpty()) {
            faults.add(
                    "its media type is %s and not one of %s"
                            .formatted(exchange.type(), contents.propertyNames()));
            return;
        }
        if (isJson(exchange.type())) {
            faults.addAll(schemas.faultsOf(body, content.get().getValue().path("schema")));
        }
        if (exchange.type().equals(PROBLEM)
                && !problemsOf(call, exchange.status()).contains(body.path("type").asString(""))) {
            faults.add(
                    "the problem is %s and not one of %s"
                            .formatted(body.path("type"), problemsOf(call, exchange.status())));
        }
    }

    /** Whatever was taken must be something that the description allows. */
    private void checkTaken(Call call, Exchange exchange, List<String> faults) {
        var query = Optional.ofNullable(exchange.asked().getRawQuery()).orElse("");
        var names =
                Stream.of(query.split("&"))
                        .map(each -> each.replaceFirst("=.*", ""))
                        .map(each -> URLDecoder.decode(each, StandardCharsets.UTF_8))
                        .collect(
                                Collectors.toCollection(
                                        () -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));
        for (var parameter : parametersOf(call)) {
            var name = parameter.path("name").asString();
            var isThere =
                    switch (parameter.path("in").asString()) {
                        case "query" -> names.contains(name);
                        case "header" -> exchange.sent().firstValue(name).isPresent();
                        default -> true;
                    };
            if (!isThere && parameter.path("required").asBoolean(false)) {
                faults.add(
                        "it was taken without %s, which is described as required".formatted(name));
            }
        }
        var isAnonymous = exchange.sent().firstValue("Authorization").isEmpty();
        if (isAnonymous
                && call.node().path("security").valueStream().noneMatch(JsonNode::isEmpty)) {
            faults.add("it was taken without a token, which is described as needed");
        }
        var described = call.node().path("requestBody");
        if (exchange.body() != null && !exchange.body().isEmpty() && !described.isMissingNode()) {
            var schema = described.path("content").path("application/json").path("schema");
            try {
                schemas.faultsOfSent(JSON.readTree(exchange.body()), schema)
                        .forEach(fault -> faults.add("it was taken with a body of which " + fault));
            } catch (JacksonException unreadable) {
                faults.add("it was taken with a body that is no JSON");
            }
        }
    }

    private static JsonNode parsed(byte[] answer, String type) {
        return answer.length > 0 && isJson(type) ? JSON.readTree(answer) : JSON.missingNode();
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || type.endsWith("+json");
    }

    private static String text(Exchange exchange) {
        var text = new String(exchange.answer(), StandardCharsets.UTF_8);
        return "“" + (text.length() > 500 ? text.substring(0, 500) + "…" : text) + "”";
    }
}
