package holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.Holdfast;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What {@code /v3/api-docs} says about the application as a whole. */
class DescriptionTest {

    private static TestNode node;
    private static JsonNode description;

    /** One call, with its path and method for messages. */
    private record Call(String name, JsonNode node) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void read() throws Exception {
        node = TestNode.start(Holdfast.class, TestDatabase.fresh());
        description = JsonMapper.shared().readTree(get("/v3/api-docs").body());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client =
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(node.url() + path)).build(),
                    BodyHandlers.ofString());
        }
    }

    private static List<Call> calls() {
        var calls = new ArrayList<Call>();
        for (var path : description.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                calls.add(new Call(method.getKey() + " " + path.getKey(), method.getValue()));
            }
        }
        return calls;
    }

    private static Call call(String id) {
        return calls().stream()
                .filter(call -> call.node().path("operationId").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void it_is_openapi_3_1_and_has_a_page() throws Exception {
        assertThat(description.path("openapi").asString()).startsWith("3.1");
        assertThat(get("/swagger-ui.html").statusCode()).isEqualTo(200);
    }

    @Test
    void each_call_stands_there_once_under_its_long_spelling() {
        assertThat(calls())
                .isNotEmpty()
                .allSatisfy(
                        call ->
                                assertThat(call.name())
                                        .containsPattern(" /(external|admin|audit|reports)/v1/"));
        assertThat(calls().stream().map(call -> call.node().path("operationId").asString()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-zA-Z]+"));
    }

    @Test
    void each_call_says_what_it_is_for_and_who_may_make_it() {
        assertThat(calls())
                .allSatisfy(
                        call -> {
                            assertThat(call.node().path("summary").asString()).isNotEmpty();
                            assertThat(call.node().path("tags").size()).isEqualTo(1);
                            assertThat(call.node().path("security").size()).isPositive();
                        });
    }

    @Test
    void each_problem_of_a_call_has_its_status_its_media_type_and_its_page() {
        assertThat(calls())
                .allSatisfy(
                        call -> {
                            var answers = call.node().path("responses");
                            assertThat(answers.propertyNames()).contains("401", "403", "406");
                            for (var answer : answers.properties()) {
                                if (Integer.parseInt(answer.getKey()) >= 400) {
                                    assertProblems(answer.getKey(), answer.getValue());
                                }
                            }
                        });
    }

    private static void assertProblems(String status, JsonNode answer) {
        assertThat(answer.path("content").propertyNames())
                .containsExactly("application/problem+json");
        var examples = answer.path("content").path("application/problem+json").path("examples");
        assertThat(examples.size()).isPositive();
        for (var example : examples.properties()) {
            var type = ProblemType.find(example.getKey()).orElseThrow();
            assertThat(status).isEqualTo(Integer.toString(type.status()));
            assertThat(example.getValue().path("value").path("type").asString())
                    .isEqualTo(type.uri());
        }
    }

    @Test
    void each_documented_problem_can_be_met() {
        var described = new HashSet<String>();
        for (var call : calls()) {
            for (var answer : call.node().path("responses")) {
                described.addAll(
                        answer.path("content")
                                .path("application/problem+json")
                                .path("examples")
                                .propertyNames());
            }
        }
        // these are about no call in particular
        described.addAll(
                Set.of(
                        "malformed-request",
                        "not-found",
                        "method-not-allowed",
                        "internal-fault",
                        "foreign-form"));

        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        ProblemType.all().stream().map(ProblemType::name).toList());
    }

    @Test
    void tenant_and_language_are_headers_and_nothing_else() {
        var parameters = call("listServices").node().path("parameters");

        assertThat(parameters.valueStream().map(parameter -> parameter.path("$ref").asString("")))
                .startsWith("#/components/parameters/Tenant", "#/components/parameters/Language");
        assertThat(parameters.valueStream().map(parameter -> parameter.path("name").asString("")))
                .containsOnly("", "branchId", "serviceId");
        assertThat(description.at("/components/parameters/Tenant/required").asBoolean()).isTrue();
        assertThat(description.at("/components/parameters/Language/required").asBoolean())
                .isFalse();
    }

    @Test
    void members_are_required_unless_they_may_be_missing() {
        var confirm = description.at("/components/schemas/ConfirmRequest");

        assertThat(texts(confirm.path("required")))
                .containsExactly("email", "firstName", "lastName", "personalIdentifier");
        assertThat(texts(confirm.at("/properties/phoneNumber/type")))
                .containsExactly("integer", "string");
        // a list in an answer is always there
        assertThat(texts(description.at("/components/schemas/ReservationView/required")))
                .contains("services", "resources");
    }

    @Test
    void each_reference_leads_somewhere() {
        for (var reference : description.findValuesAsString("$ref")) {
            assertThat(description.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    @Test
    void each_body_has_an_example_that_fits() {
        assertThat(calls())
                .allSatisfy(
                        call -> {
                            var body = call.node().at("/requestBody/content/application~1json");
                            assertExample(body, call.name() + ", request");
                            for (var answer : call.node().path("responses")) {
                                assertExample(
                                        answer.at("/content/application~1json"),
                                        call.name() + ", answer");
                            }
                        });
    }

    private static void assertExample(JsonNode content, String where) {
        if (!content.isMissingNode()) {
            assertThat(content.has("example")).as(where).isTrue();
            assertFits(content.path("example"), content.path("schema"), where);
        }
    }

    /** Of JSON Schema, as much as our descriptions use. */
    private static void assertFits(JsonNode value, JsonNode schema, String where) {
        if (schema.has("$ref")) {
            assertFits(value, description.at(schema.path("$ref").asString().substring(1)), where);
            return;
        }
        var kind =
                switch (value.getNodeType()) {
                    case OBJECT -> "object";
                    case ARRAY -> "array";
                    case BOOLEAN -> "boolean";
                    case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
                    default -> "string";
                };
        var type = schema.path("type");
        var kinds = type.isArray() ? texts(type) : Set.of(type.asString());
        assertThat(kinds.contains(kind) || kind.equals("integer") && kinds.contains("number"))
                .as("%s: %s is no %s", where, value, kinds)
                .isTrue();
        if (schema.has("enum")) {
            assertThat(texts(schema.path("enum"))).as(where).contains(value.asString());
        }
        if (value.isArray()) {
            value.forEach(element -> assertFits(element, schema.path("items"), where + "/*"));
        } else if (schema.has("properties")) {
            assertThat(value.propertyNames())
                    .as(where)
                    .containsAll(texts(schema.path("required")))
                    .isSubsetOf(schema.path("properties").propertyNames());
            for (var member : value.properties()) {
                assertFits(
                        member.getValue(),
                        schema.path("properties").path(member.getKey()),
                        where + "/" + member.getKey());
            }
        }
    }
}
