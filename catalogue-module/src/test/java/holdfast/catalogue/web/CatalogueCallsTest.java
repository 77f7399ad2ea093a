package holdfast.catalogue.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;

import holdfast.catalogue.ApplyCatalogue;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.CatalogueNode;
import holdfast.catalogue.CreateTenant;
import holdfast.catalogue.Documents;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Stranded;
import holdfast.catalogue.Stranding;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

class CatalogueCallsTest {

    private static final JsonMapper JSON =
            Documents.JSON
                    .rebuild()
                    .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                    .build();

    private final CatalogueNode node = new CatalogueNode();
    private LanguageTag language = LanguageTag.of("en_GB");
    private List<Stranded> stranded = List.of();
    private MockMvcTester http;

    @BeforeEach
    void theDemoTenant() {
        var beans = new StaticListableBeanFactory();
        beans.addBean("stranding", (Stranding) _ -> stranded);
        var changes =
                new CatalogueChanges(
                        node.commands(), node.catalogues(), beans.getBeanProvider(Stranding.class));
        http =
                MockMvcTester.create(
                        MockMvcBuilders.standaloneSetup(
                                        new ServicesController(),
                                        new CatalogueController(node.commands(), changes))
                                .setControllerAdvice(new Edge())
                                .setCustomArgumentResolvers(
                                        argument(Catalogue.class, node::demo),
                                        argument(LanguageTag.class, () -> language))
                                .setMessageConverters(new JacksonJsonHttpMessageConverter(JSON))
                                .build());
        node.commands().sendAndWait(new CreateTenant(Documents.demoTenant()));
        node.commands().sendAndWait(new ApplyCatalogue(Documents.DEMO, Documents.demo()));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void services_are_listed_once_per_branch_that_offers_them() {
        var offers =
                Documents.demo().services().stream()
                        .mapToInt(service -> service.branches().size())
                        .sum();
        assertThat(get("/services")).bodyJson().extractingPath("$.length()").isEqualTo(offers);
    }

    @Test
    void both_spellings_of_the_path_answer_alike() {
        assertThat(body(get("/external/v1/services"))).isEqualTo(body(get("/services")));
        assertThat(body(get("/external/v1/services/groups")))
                .isEqualTo(body(get("/services/groups")));
    }

    @Test
    void an_entry_says_all_one_needs_to_book() {
        var lensFitting = Documents.demo().services().get(2);
        language = LanguageTag.of("de_DE");
        assertThat(
                        get(
                                "/services?serviceId=%s&branchId=%s"
                                        .formatted(
                                                lensFitting.id(),
                                                lensFitting.branches().get(1).branch())))
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        [{
                          "branch": {
                            "id": "%s", "name": "Berlin Hafenarkaden",
                            "address": {"streetName": "Am Speicher 12", "zipCode": "10999", "city": "Berlin", "country": "DE"},
                            "location": {"longitude": 13.405, "latitude": 52.52}
                          },
                          "service": {
                            "id": "%s", "name": "Kontaktlinsenanpassung",
                            "externalDescription": "Messen, anprobieren und üben mit einem Paar Probelinsen.",
                            "duration": 45,
                            "config": {"maxNumberOfReservations": 1, "onlineBookable": true}
                          },
                          "resourceSelection": {"required": false, "availableResources": []},
                          "informationQuestions": [{
                            "id": "%s", "required": false, "questionText": "Welche Linsen haben Sie bisher getragen?"
                          }],
                          "screeningQuestions": [{
                            "id": "%s", "yesRequiredAnswer": false, "questionText": "Haben Sie zurzeit eine Augenentzündung?",
                            "answerDeniedMessage": "Linsen können angepasst werden, sobald die Entzündung abgeheilt ist. Bitte gehen Sie zuerst zum Arzt."
                          }, {
                            "id": "%s", "yesRequiredAnswer": true, "questionText": "Können Sie Ihre Linsen am Vortag weglassen?",
                            "clarificationText": "Nur falls Sie schon welche tragen.",
                            "answerDeniedMessage": "Bitte wählen Sie einen Tag, vor dem Sie ohne Linsen auskommen."
                          }]
                        }]
                        """
                                .formatted(
                                        lensFitting.branches().get(1).branch(),
                                        lensFitting.id(),
                                        lensFitting.informationQuestions().getFirst().id(),
                                        lensFitting.screeningQuestions().getFirst().id(),
                                        lensFitting.screeningQuestions().getLast().id()));
    }

    @Test
    void what_a_branch_does_otherwise_is_shown_as_it_does_it() {
        var document = Documents.demo();
        var eyeTestInBerlin = document.services().get(0).branches().get(2).branch();
        assertThat(
                        get(
                                "/services?serviceId=%s&branchId=%s"
                                        .formatted(
                                                document.services().get(0).id(), eyeTestInBerlin)))
                .bodyJson()
                .extractingPath("$[0].service.duration")
                .isEqualTo(40);
        var repair = document.services().get(5);
        var json = body(get("/services?serviceId=" + repair.id()));
        assertAt(json, "$[*].service.config.maxNumberOfReservations", List.of(4, 2, 4));
        assertAt(json, "$[*].service.config.onlineBookable", List.of(true, true, false));
    }

    @Test
    void named_resources_can_be_chosen_where_the_service_lets_one_choose() {
        var eyeTest = Documents.demo().services().getFirst();
        var json = body(get("/services/" + eyeTest.id()));
        assertAt(json, "$[0].resourceSelection.required", true);
        assertAt(
                json,
                "$[0].resourceSelection.availableResources[*].name",
                List.of("Team Amber", "Team Birch", "Team Cobalt"));
        assertAt(json, "$[2].resourceSelection.required", false);
        assertAt(json, "$[2].resourceSelection.availableResources", List.of());
        assertAt(
                json,
                "$[*].branch.name",
                List.of("Greenwich Foot Tunnel", "Amsterdam Lock House", "Berlin Harbour Arcades"));
    }

    @Test
    void a_filter_that_fits_nothing_gives_an_empty_list() {
        assertThat(get("/services?branchId=nowhere"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("[]");
        assertThat(get("/services?serviceId=nothing"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("[]");
    }

    @Test
    void an_unknown_service_in_the_path_is_not_found() {
        assertProblem(get("/services/nothing"), 404, "service-unknown");
    }

    @Test
    void groups_come_in_order_of_display_and_the_rest_beside_them() {
        language = LanguageTag.of("nl_NL");
        apply(
                Documents.demoBut(
                        json -> {
                            ((ObjectNode) json.at("/serviceGroups/0")).put("index", 7);
                            ((ObjectNode) json.at("/services/6")).put("index", 9);
                        }));
        var json = body(get("/services/groups"));
        assertAt(json, "$.services[*].name", List.of("Avondlezing: schermen en vermoeide ogen"));
        assertAt(json, "$.serviceGroups[*].name", List.of("Brillen", "Onderzoeken"));
        assertAt(json, "$.serviceGroups[*].index", List.of(1, 7));
        assertAt(
                json,
                "$.serviceGroups[0].services[*].name",
                List.of("Bril ophalen", "Reparatie", "Montuuradvies"));
        assertAt(json, "$.serviceGroups[0].services[*].index", List.of(1, 2, 9));
        assertAt(json, "$.serviceGroups[1].services[3].onlineBookable", false);
    }

    @Test
    void without_groups_there_is_nothing_to_find() {
        apply(Documents.demoBut(json -> ((ArrayNode) json.at("/serviceGroups")).removeAll()));
        assertProblem(get("/services/groups"), 404, "no-service-groups");
    }

    @Test
    void the_document_that_was_given_back_changes_nothing() {
        var document = body(get("/admin/v1/catalogue"));
        assertThat(put("/admin/v1/catalogue", document))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"changes\": [], \"stranded\": []}");
        assertThat(body(get("/admin/v1/catalogue"))).isEqualTo(document);
        assertThat(Documents.read(document)).isEqualTo(Documents.demo());
    }

    @Test
    void a_change_is_told_and_can_be_read_at_once() {
        stranded = List.of(new Stranded("4711", "The branch is closed on that day."));
        var changed =
                Documents.demoBut(json -> ((ObjectNode) json.at("/tenant")).put("name", "Lantern"));
        assertThat(put("/admin/v1/catalogue", Documents.write(changed)))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {
                          "changes": [{"kind": "TENANT", "id": "demo", "change": "CHANGED"}],
                          "stranded": [{"appointmentId": "4711", "reason": "The branch is closed on that day."}]
                        }
                        """);
        assertThat(node.demo().tenant().name()).isEqualTo("Lantern");
    }

    @Test
    void a_dry_run_tells_the_same_and_changes_nothing() {
        var before = node.demo();
        var changed =
                Documents.write(
                        Documents.demoBut(
                                json -> {
                                    ((ArrayNode) json.at("/serviceCombinations")).remove(0);
                                    var branches = (ArrayNode) json.at("/branches");
                                    branches.add(branches.remove(0));
                                }));
        var told = body(put("/admin/v1/catalogue?dryRun=true", changed));
        assertThat(node.demo()).isSameAs(before);
        assertThat(told).contains("REMOVED", "MOVED");
        assertThat(body(put("/admin/v1/catalogue", changed))).isEqualTo(told);
    }

    @Test
    void a_faulty_document_is_refused_with_all_its_faults_dry_or_not() {
        var before = node.demo();
        var faulty =
                Documents.write(
                        Documents.demoBut(
                                json -> {
                                    ((ObjectNode) json.at("/tenant")).put("name", "");
                                    ((ObjectNode) json.at("/services/3")).put("durationMinutes", 0);
                                }));
        for (var path : List.of("/admin/v1/catalogue", "/admin/v1/catalogue?dryRun=true")) {
            var refused = put(path, faulty);
            assertProblem(refused, 422, "catalogue-faulty");
            assertThat(refused)
                    .bodyJson()
                    .extractingPath("$.errors[*].pointer")
                    .isEqualTo(List.of("/tenant/name", "/services/3/durationMinutes"));
        }
        assertThat(node.demo()).isSameAs(before);
    }

    @Test
    void a_tenant_is_created_once() {
        var other =
                Documents.write(
                        Documents.demoBut(
                                        json ->
                                                ((ObjectNode) json.at("/tenant"))
                                                        .put("id", "other"))
                                .tenant());
        assertThat(post("/admin/v1/tenants", other))
                .hasStatus(201)
                .bodyJson()
                .isStrictlyEqualTo(other);
        assertProblem(post("/admin/v1/tenants", other), 409, "tenant-exists");
    }

    private void apply(CatalogueDocument document) {
        node.commands().sendAndWait(new ApplyCatalogue(Documents.DEMO, document));
    }

    private MvcTestResult get(String path) {
        return http.get().uri(path).exchange();
    }

    private MvcTestResult put(String path, String body) {
        return http.put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult post(String path, String body) {
        return http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static String body(MvcTestResult result) {
        assertThat(result).hasStatusOk();
        return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }

    private static void assertAt(String json, String path, Object expected) {
        assertThat((Object) JsonPath.read(json, path)).isEqualTo(expected);
    }

    private static void assertProblem(MvcTestResult result, int status, String name) {
        assertThat(result)
                .hasStatus(status)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/" + name);
    }

    private interface Source<T> {
        T get();
    }

    /** Hands over what the application's plumbing would find in the headers. */
    private static <T> HandlerMethodArgumentResolver argument(Class<T> type, Source<T> source) {
        return new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == type;
            }

            @Override
            public T resolveArgument(
                    MethodParameter parameter,
                    @Nullable ModelAndViewContainer container,
                    NativeWebRequest request,
                    @Nullable WebDataBinderFactory binders) {
                return source.get();
            }
        };
    }

    @RestControllerAdvice
    private static final class Edge {

        @ExceptionHandler
        ProblemDetail handle(Refused refused) {
            return new CatalogueProblems().problemOf(refused.reason()).orElseThrow();
        }
    }
}
