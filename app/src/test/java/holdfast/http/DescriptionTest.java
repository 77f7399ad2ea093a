package holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.Description;
import holdfast.testing.Description.Call;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What {@code docs/openapi.json} says about the application as a whole. */
class DescriptionTest {

    private static final Description DESCRIBED = Description.kept();
    private static final JsonNode ROOT = DESCRIBED.root();

    private static List<Call> calls() {
        return DESCRIBED.calls();
    }

    private static Call call(String id) {
        return calls().stream().filter(call -> call.id().equals(id)).findFirst().orElseThrow();
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void it_is_openapi_3_1() {
        assertThat(ROOT.path("openapi").asString()).startsWith("3.1");
    }

    @Test
    void each_call_stands_there_once_under_its_long_spelling() {
        assertThat(calls())
                .isNotEmpty()
                .allSatisfy(
                        call ->
                                assertThat(call.toString())
                                        .containsPattern(" /(external|admin|audit|reports)/v1/"));
        assertThat(calls().stream().map(Call::id))
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
            assertThat(DESCRIBED.resolved(example.getValue()).path("value").path("type").asString())
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
                        "issuer-silent",
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
        assertThat(ROOT.at("/components/parameters/Tenant/required").asBoolean()).isTrue();
        assertThat(ROOT.at("/components/parameters/Language/required").asBoolean()).isFalse();
    }

    @Test
    void members_are_required_unless_they_may_be_missing() {
        var confirm = ROOT.at("/components/schemas/ConfirmRequest");

        assertThat(texts(confirm.path("required")))
                .containsExactly("email", "firstName", "lastName", "personalIdentifier");
        assertThat(texts(confirm.at("/properties/phoneNumber/type")))
                .containsExactly("integer", "string");
        // a list in an answer is always there
        assertThat(texts(ROOT.at("/components/schemas/ReservationView/required")))
                .contains("services", "resources");
    }

    @Test
    void each_reference_leads_somewhere() {
        for (var reference : ROOT.findValuesAsString("$ref")) {
            assertThat(ROOT.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
        }
    }

    @Test
    void each_body_has_an_example_that_fits() {
        assertThat(calls())
                .allSatisfy(
                        call -> {
                            var body = call.node().at("/requestBody/content/application~1json");
                            assertExample(body, call.toString() + ", request");
                            for (var answer : call.node().path("responses")) {
                                assertExample(
                                        answer.at("/content/application~1json"),
                                        call.toString() + ", answer");
                            }
                        });
    }

    private static void assertExample(JsonNode content, String where) {
        if (!content.isMissingNode()) {
            assertThat(content.has("example")).as(where).isTrue();
            assertThat(DESCRIBED.faultsOf(content.path("example"), content.path("schema")))
                    .as(where)
                    .isEmpty();
        }
    }

    @Test
    void the_example_of_each_problem_is_one() {
        for (var example : ROOT.at("/components/examples").properties()) {
            assertThat(
                            DESCRIBED.faultsOf(
                                    example.getValue().path("value"),
                                    ROOT.at("/components/schemas/Problem")))
                    .as(example.getKey())
                    .isEmpty();
        }
    }
}
