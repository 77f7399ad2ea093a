package holdfast.journeys;

import static holdfast.security.Scope.AUDITOR;
import static holdfast.security.Scope.BOOK;
import static holdfast.security.Scope.CANCEL;
import static holdfast.security.Scope.MANAGER;
import static holdfast.security.Scope.OPERATOR;
import static holdfast.security.Scope.REPORTING;
import static holdfast.security.Scope.RESCHEDULE;
import static holdfast.security.Scope.STAFF;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.TenantId;
import holdfast.security.Credentials;
import holdfast.security.OauthClients;
import holdfast.security.Scope;
import holdfast.testing.Description;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Each route that runs, with no token, a wrong scope, another tenant's token and a right one. */
class EveryRouteHasItsRuleTest {

    private static final Set<Scope> ANY = EnumSet.complementOf(EnumSet.of(OPERATOR));
    private static final Set<Scope> READERS = EnumSet.of(BOOK, RESCHEDULE, CANCEL, STAFF);
    private static final Set<Scope> BOOKERS = EnumSet.of(BOOK, STAFF);

    private static final Map<String, Rule> RULES = new HashMap<>();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Map<Scope, String> TOKENS = new EnumMap<>(Scope.class);

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static String ofAnotherTenant;

    /**
     * @param allowed any one of these; an operator may do everything
     * @param anonymous whether it takes no token where the tenant books without
     * @param status with a right token, an unknown id in the path and an empty object as the body
     */
    private record Rule(Set<Scope> allowed, boolean anonymous, int status) {}

    static {
        // the service's own pages
        open("GET /problems");
        open("GET /problems/{name}");
        // pages: a tenant that there is not is the same to everybody
        page("GET /book/{tenant}");
        page("POST /book/{tenant}/visit");
        page("GET /book/{tenant}/visit");
        page("POST /book/{tenant}/hold");
        page("GET /book/{tenant}/hold");
        page("GET /book/{tenant}/hold/{id}");
        page("POST /book/{tenant}/hold/{id}");
        page("GET /book/{tenant}/hold/{id}/extension");
        page("POST /book/{tenant}/hold/{id}/extension");
        page("GET /book/{tenant}/hold/{id}/again");
        page("POST /book/{tenant}/hold/{id}/again");
        RULES.put(
                "GET /book/{tenant}/colours-{colour:[0-9A-Fa-f]{6}}.css",
                new Rule(EnumSet.allOf(Scope.class), true, 200));
        page("GET /manage/{tenant}/{token}");
        page("GET /manage/{tenant}/{token}/appointment.ics");
        page("GET /manage/{tenant}/{token}/cancellation");
        page("POST /manage/{tenant}/{token}/cancellation");
        page("GET /manage/{tenant}/{token}/times");
        page("POST /manage/{tenant}/{token}/times");
        // booking
        booking("GET /services", ANY, 200);
        booking("GET /services/groups", ANY, 404);
        booking("GET /services/{serviceId}", ANY, 404);
        booking("GET /services/{serviceId}/timeslots", ANY, 400);
        booking("GET /services/{serviceId}/dates", ANY, 400);
        booking("POST /reservations", BOOKERS, 400);
        booking("GET /reservations/{id}", READERS, 404);
        booking("PUT /reservations/{id}", BOOKERS, 400);
        booking("DELETE /reservations/{id}", BOOKERS, 404);
        booking("DELETE /reservations/reservations/{id}", BOOKERS, 404);
        booking("POST /reservations/{id}/extension", BOOKERS, 404);
        booking("GET /appointments/{id}", READERS, 404);
        booking("PUT /appointments/{id}", EnumSet.of(RESCHEDULE, STAFF), 400);
        booking("DELETE /appointments/{id}", EnumSet.of(CANCEL, STAFF), 404);
        booking("PUT /appointments/{id}/customer", BOOKERS, 400);
        booking("GET /appointments/{id}/calendar.ics", READERS, 404);
        closed("POST /appointments/search", BOOKERS, 400);
        // several services in one visit, which this tenant does not book
        var several = " /serviceCombination";
        booking("GET" + several + "/branch", ANY, 422);
        booking("GET" + several + "/branch/{branchId}", ANY, 422);
        booking("GET" + several + "/branch/{branchId}/timeslots", ANY, 400);
        booking("POST" + several + "/reservations", BOOKERS, 400);
        booking("GET" + several + "/reservations/{id}", READERS, 404);
        booking("PUT" + several + "/reservations/{id}", BOOKERS, 400);
        booking("DELETE" + several + "/reservations/{id}", BOOKERS, 404);
        booking("POST" + several + "/reservations/{id}/extension", BOOKERS, 404);
        booking("GET" + several + "/appointments/{id}", READERS, 404);
        booking("PUT" + several + "/appointments/{id}", EnumSet.of(RESCHEDULE, STAFF), 400);
        booking("DELETE" + several + "/appointments/{id}", EnumSet.of(CANCEL, STAFF), 404);
        booking("PUT" + several + "/appointments/{id}/customer", BOOKERS, 400);
        booking("GET" + several + "/appointments/{id}/calendar.ics", READERS, 404);
        closed("POST" + several + "/appointments/search", BOOKERS, 400);
        // the desk
        closed("POST /admin/v1/appointments", EnumSet.of(STAFF), 400);
        closed("GET /admin/v1/appointments", EnumSet.of(STAFF), 400);
        closed("POST /admin/v1/appointments/{id}/arrival", EnumSet.of(STAFF), 404);
        closed("POST /admin/v1/appointments/{id}/completion", EnumSet.of(STAFF), 404);
        closed("POST /admin/v1/appointments/{id}/no-show", EnumSet.of(STAFF), 404);
        // audit
        closed("GET /audit/v1/reservations/{id}/history", EnumSet.of(AUDITOR), 404);
        closed("GET /audit/v1/reservations/{id}", EnumSet.of(AUDITOR), 404);
        closed("GET /audit/v1/timeslots", EnumSet.of(AUDITOR), 400);
        closed("GET /audit/v1/explain", EnumSet.of(AUDITOR), 400);
        closed("GET /audit/v1/events", EnumSet.of(AUDITOR), 200);
        closed("GET /audit/v1/no-oversell", EnumSet.of(AUDITOR), 200);
        // those who work there
        closed("GET /admin/v1/staff-members", EnumSet.of(MANAGER), 200);
        closed("POST /admin/v1/staff-members", EnumSet.of(MANAGER), 400);
        closed("GET /admin/v1/staff-members/{id}", EnumSet.of(MANAGER), 404);
        closed("PUT /admin/v1/staff-members/{id}", EnumSet.of(MANAGER), 400);
        closed("DELETE /admin/v1/staff-members/{id}", EnumSet.of(MANAGER), 404);
        closed("POST /admin/v1/staff-members/{id}/password", EnumSet.of(MANAGER), 404);
        // a person's rights
        closed("POST /admin/v1/customers/search", EnumSet.of(MANAGER), 400);
        closed("GET /admin/v1/customers/{id}", EnumSet.of(MANAGER), 404);
        closed("DELETE /admin/v1/customers/{id}", EnumSet.of(MANAGER), 404);
        // administration
        closed("GET /admin/v1/catalogue", EnumSet.of(MANAGER), 200);
        closed("PUT /admin/v1/catalogue", EnumSet.of(MANAGER), 400);
        for (var kind :
                List.of(
                        "branches",
                        "holiday-calendars",
                        "resource-types",
                        "resource-pools",
                        "resources",
                        "services",
                        "service-groups")) {
            entries(kind, "/{id}", 200);
        }
        entries("services/{serviceId}/branches", "/{branchId}", 404);
        entries("service-combinations", "/{branchId}/{services}", 200);
        closed("GET /admin/v1/tenant", EnumSet.of(MANAGER), 200);
        closed("PUT /admin/v1/tenant", EnumSet.of(MANAGER), 400);
        closed("GET /admin/v1/closures", EnumSet.of(MANAGER, STAFF), 200);
        closed("POST /admin/v1/closures", EnumSet.of(MANAGER, STAFF), 400);
        closed("GET /admin/v1/closures/{id}", EnumSet.of(MANAGER, STAFF), 404);
        closed("DELETE /admin/v1/closures/{id}", EnumSet.of(MANAGER, STAFF), 404);
        closed("POST /admin/v1/tenants", EnumSet.noneOf(Scope.class), 400);
        closed("GET /admin/v1/clients", EnumSet.of(MANAGER), 200);
        closed("POST /admin/v1/clients", EnumSet.of(MANAGER), 400);
        closed("GET /admin/v1/clients/{id}", EnumSet.of(MANAGER), 404);
        closed("PUT /admin/v1/clients/{id}", EnumSet.of(MANAGER), 400);
        closed("DELETE /admin/v1/clients/{id}", EnumSet.of(MANAGER), 404);
        closed("POST /admin/v1/clients/{id}/secret", EnumSet.of(MANAGER), 404);
        closed("GET /admin/v1/token-keys", EnumSet.noneOf(Scope.class), 200);
        closed("POST /admin/v1/token-keys", EnumSet.noneOf(Scope.class), 201);
        // seals
        closed("GET /audit/v1/seals", EnumSet.of(AUDITOR), 200);
        closed("GET /audit/v1/seals/consistency", EnumSet.of(AUDITOR), 400);
        closed("GET /audit/v1/proof/{position}", EnumSet.of(AUDITOR), 404);
        closed("GET /audit/v1/export", EnumSet.of(AUDITOR), 200);
        // projections, which are the operator's
        closed("GET /admin/v1/projections", EnumSet.noneOf(Scope.class), 200);
        closed("POST /admin/v1/projections/{name}/replay", EnumSet.noneOf(Scope.class), 404);
        closed("GET /admin/v1/projections/{name}/replay", EnumSet.noneOf(Scope.class), 404);
        closed("DELETE /admin/v1/projections/{name}/replay", EnumSet.noneOf(Scope.class), 404);
        // figures
        closed("GET /reports/v1/{report}", EnumSet.of(REPORTING), 400);
        closed("POST /reports/v1/what-if", EnumSet.of(REPORTING, MANAGER), 400);
    }

    private static void open(String call) {
        RULES.put(call, new Rule(EnumSet.allOf(Scope.class), true, 200));
    }

    private static void page(String call) {
        RULES.put(call, new Rule(EnumSet.allOf(Scope.class), true, 404));
    }

    private static void booking(String call, Set<Scope> allowed, int status) {
        RULES.put(call, new Rule(allowed, true, status));
    }

    private static void closed(String call, Set<Scope> allowed, int status) {
        RULES.put(call, new Rule(allowed, false, status));
    }

    private static void entries(String kind, String one, int listed) {
        closed("GET /admin/v1/" + kind, EnumSet.of(MANAGER), listed);
        closed("GET /admin/v1/" + kind + one, EnumSet.of(MANAGER), 404);
        closed("PUT /admin/v1/" + kind + one, EnumSet.of(MANAGER), 400);
        closed("DELETE /admin/v1/" + kind + one, EnumSet.of(MANAGER), 404);
    }

    @BeforeAll
    static void aCityThatAsksForTokensAndOneThatDoesNot() {
        node = Nodes.start(DATABASE);
        City.found(node.url(), "open", "PT15M");
        var closed =
                City.catalogue("closed", "PT15M")
                        .replace("\"anonymousBooking\": true", "\"anonymousBooking\": false");
        var operator = Caller.operator(node.url()).of("closed");
        operator.post("/admin/v1/tenants", City.tenant("closed", "PT15M"));
        assertThat(operator.put("/admin/v1/catalogue", closed).status()).isEqualTo(200);
        TOKENS.put(OPERATOR, Objects.requireNonNull(operator.token()));
        var clients = node.bean(OauthClients.class);
        for (var scope : ANY) {
            TOKENS.put(scope, token(register(clients, "closed", scope.name(), Set.of(scope))));
        }
        ofAnotherTenant = token(register(clients, "open", "another", ANY));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void each_route_that_runs_has_a_rule_here() {
        assertThat(RULES.keySet()).containsAll(routes());
        assertThat(routes()).contains("POST /reservations", "PUT /admin/v1/catalogue");
    }

    @Test
    void each_route_answers_each_caller_as_its_rule_says() throws Exception {
        for (var route : routes()) {
            var rule = Objects.requireNonNull(RULES.get(route), route);
            for (var spelling : spellings(route)) {
                for (var token : TOKENS.entrySet()) {
                    boolean right =
                            token.getKey() == OPERATOR || rule.allowed().contains(token.getKey());
                    assertThat(call(spelling, "closed", token.getValue()))
                            .as("%s with the scope %s", spelling, token.getKey())
                            .isEqualTo(right ? rule.status() : 403);
                }
                boolean isOpen = rule.allowed().contains(OPERATOR);
                assertThat(call(spelling, "closed", ofAnotherTenant))
                        .as("%s with a token of another tenant", spelling)
                        .isEqualTo(isOpen ? rule.status() : 403);
                assertThat(call(spelling, "closed", ""))
                        .as("%s without a token", spelling)
                        .isEqualTo(isOpen ? rule.status() : 401);
                assertThat(call(spelling, "open", ""))
                        .as("%s without a token where booking takes none", spelling)
                        .isEqualTo(rule.anonymous() ? rule.status() : 401);
            }
        }
    }

    @Test
    void the_description_has_the_same_rules() {
        for (var call : Description.kept().calls()) {
            var route = call.toString().replace(" /external/v1", " ");
            var rule = Objects.requireNonNull(RULES.get(route), route);
            var requirements = call.node().path("security");
            assertThat(requirements.valueStream().anyMatch(JsonNode::isEmpty))
                    .as("%s without a token", route)
                    .isEqualTo(rule.anonymous());
            var needed =
                    rule.allowed().isEmpty()
                            ? EnumSet.of(OPERATOR)
                            : EnumSet.copyOf(rule.allowed());
            assertThat(requirements.findValues("oauth2").stream().map(all -> all.path(0)))
                    .extracting(JsonNode::asString)
                    .filteredOn(
                            scope ->
                                    needed.contains(OPERATOR) || !scope.equals(OPERATOR.toString()))
                    .as(route)
                    .containsExactlyInAnyOrderElementsOf(
                            needed.stream().map(Scope::toString).toList());
        }
    }

    /** Methods and short spellings of all calls of ours. */
    private static Set<String> routes() {
        return Objects.requireNonNull(node.bean(DispatcherServlet.class).getHandlerMappings())
                .stream()
                .flatMap(EveryRouteHasItsRuleTest::handlers)
                .filter(each -> each.getValue().getBeanType().getName().startsWith("holdfast."))
                .flatMap(
                        each ->
                                each.getKey().getMethodsCondition().getMethods().stream()
                                        .flatMap(
                                                method ->
                                                        each.getKey().getPatternValues().stream()
                                                                .map(path -> method + " " + path)))
                // people do not come with a token: see SigningInTest
                .filter(route -> !route.contains(" /staff/"))
                .map(route -> route.replace(" /external/v1", " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Map.Entry<RequestMappingInfo, HandlerMethod>> handlers(
            HandlerMapping mapping) {
        return mapping instanceof RequestMappingHandlerMapping routes
                ? routes.getHandlerMethods().entrySet().stream()
                : Stream.empty();
    }

    private static List<String> spellings(String route) {
        return route.matches(".* /(services|serviceCombination|reservations|appointments).*")
                ? List.of(route, route.replace(" ", " /external/v1"))
                : List.of(route);
    }

    private static int call(String route, String tenant, String token)
            throws IOException, InterruptedException {
        var parts = route.split(" ");
        var path =
                parts[1].replace("{name}", "slot-taken")
                        .replace("{colour:[0-9A-Fa-f]{6}}", "1d5b8f")
                        .replaceAll("\\{[a-zA-Z]+}", "00000000-0000-7000-8000-000000000000");
        var request =
                HttpRequest.newBuilder(URI.create(node.url() + path))
                        .header("X-TENANT-ID", tenant)
                        .header("Content-Type", "application/json")
                        .method(
                                parts[0],
                                parts[0].matches("POST|PUT")
                                        ? BodyPublishers.ofString("{}")
                                        : BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static Credentials register(
            OauthClients clients, String tenant, String id, Set<Scope> scopes) {
        return clients.register(TenantId.of(tenant), id, scopes).orElseThrow();
    }

    private static String token(Credentials client) {
        var basic =
                Base64.getEncoder()
                        .encodeToString(
                                (client.id() + ":" + client.secret())
                                        .getBytes(StandardCharsets.UTF_8));
        var request =
                HttpRequest.newBuilder(URI.create(node.url() + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                        .build();
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
        } catch (IOException | InterruptedException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
