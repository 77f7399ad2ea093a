package holdfast.security;

import static holdfast.security.Scope.AUDITOR;
import static holdfast.security.Scope.AUDIT_PERSONAL;
import static holdfast.security.Scope.BOOK;
import static holdfast.security.Scope.CANCEL;
import static holdfast.security.Scope.MANAGER;
import static holdfast.security.Scope.OPERATOR;
import static holdfast.security.Scope.REPORTING;
import static holdfast.security.Scope.RESCHEDULE;
import static holdfast.security.Scope.STAFF;
import static holdfast.security.SecuredNode.CLOSED;
import static holdfast.security.SecuredNode.OPEN;
import static holdfast.security.SecuredNode.json;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.TenantId;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

class WhoMayCallWhatTest {

    private static final Credentials THE_OPERATOR =
            new Credentials("root", "an operator's secret, chosen by hand");

    private static SecuredNode node;
    private static String operator;
    private static final Map<Scope, String> TOKENS = new EnumMap<>(Scope.class);

    @BeforeAll
    static void start() {
        node =
                SecuredNode.onNewDatabase(
                        "--holdfast.operator-id=" + THE_OPERATOR.id(),
                        "--holdfast.operator-secret=" + THE_OPERATOR.secret());
        operator = node.token(THE_OPERATOR);
        for (var scope : EnumSet.complementOf(EnumSet.of(OPERATOR))) {
            TOKENS.put(scope, node.tokenOf(CLOSED, scope));
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    record Rule(String call, Set<Scope> allowed) {
        @Override
        public String toString() {
            return call;
        }
    }

    static List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        var anyToken = EnumSet.complementOf(EnumSet.of(OPERATOR));
        for (var base : List.of("", "/external/v1")) {
            rules.add(new Rule("GET " + base + "/services", anyToken));
            rules.add(new Rule("GET " + base + "/services/groups", anyToken));
            rules.add(new Rule("GET " + base + "/services/1/timeslots", anyToken));
            rules.add(new Rule("GET " + base + "/serviceCombination/branch", anyToken));
            rules.add(new Rule("GET " + base + "/serviceCombination/branch/1/timeslots", anyToken));
            var several = base + "/serviceCombination";
            rules.add(new Rule("POST " + several + "/reservations", Set.of(BOOK, STAFF)));
            rules.add(
                    new Rule(
                            "GET " + several + "/reservations/1",
                            Set.of(BOOK, RESCHEDULE, CANCEL, STAFF)));
            rules.add(new Rule("PUT " + several + "/reservations/1", Set.of(BOOK, STAFF)));
            rules.add(new Rule("DELETE " + several + "/reservations/1", Set.of(BOOK, STAFF)));
            rules.add(new Rule("POST " + several + "/appointments/search", Set.of(BOOK, STAFF)));
            rules.add(
                    new Rule(
                            "GET " + several + "/appointments/1",
                            Set.of(BOOK, RESCHEDULE, CANCEL, STAFF)));
            rules.add(new Rule("PUT " + several + "/appointments/1", Set.of(RESCHEDULE, STAFF)));
            rules.add(new Rule("DELETE " + several + "/appointments/1", Set.of(CANCEL, STAFF)));
            rules.add(new Rule("POST " + base + "/reservations", Set.of(BOOK, STAFF)));
            rules.add(
                    new Rule(
                            "GET " + base + "/reservations/1",
                            Set.of(BOOK, RESCHEDULE, CANCEL, STAFF)));
            rules.add(new Rule("PUT " + base + "/reservations/1", Set.of(BOOK, STAFF)));
            rules.add(new Rule("DELETE " + base + "/reservations/1", Set.of(BOOK, STAFF)));
            rules.add(
                    new Rule(
                            "DELETE " + base + "/reservations/reservations/1",
                            Set.of(BOOK, STAFF)));
            rules.add(new Rule("POST " + base + "/reservations/1/extension", Set.of(BOOK, STAFF)));
            rules.add(new Rule("POST " + base + "/appointments/search", Set.of(BOOK, STAFF)));
            rules.add(
                    new Rule(
                            "GET " + base + "/appointments/1",
                            Set.of(BOOK, RESCHEDULE, CANCEL, STAFF)));
            rules.add(new Rule("PUT " + base + "/appointments/1", Set.of(RESCHEDULE, STAFF)));
            rules.add(new Rule("DELETE " + base + "/appointments/1", Set.of(CANCEL, STAFF)));
            rules.add(new Rule("PUT " + base + "/appointments/1/customer", Set.of(BOOK, STAFF)));
        }
        rules.add(new Rule("GET /admin/v1/catalogue", Set.of(MANAGER)));
        rules.add(new Rule("PUT /admin/v1/catalogue", Set.of(MANAGER)));
        rules.add(new Rule("PUT /admin/v1/branches/1", Set.of(MANAGER)));
        rules.add(new Rule("POST /admin/v1/tenants", Set.of()));
        rules.add(new Rule("GET /admin/v1/projections", Set.of()));
        rules.add(new Rule("POST /admin/v1/appointments", Set.of(STAFF)));
        rules.add(new Rule("GET /audit/v1/events", Set.of(AUDITOR)));
        rules.add(new Rule("GET /reports/v1/funnel", Set.of(REPORTING)));
        return rules;
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_call_is_answered_to_those_scopes_and_no_other(Rule rule) {
        TOKENS.forEach(
                (scope, token) ->
                        assertThat(call(rule.call(), token, CLOSED))
                                .as("%s with %s", rule.call(), scope)
                                .isEqualTo(rule.allowed().contains(scope) ? 200 : 403));
        assertThat(call(rule.call(), "", CLOSED)).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void an_operator_may_call_everything_in_every_tenant(Rule rule) {
        assertThat(call(rule.call(), operator, CLOSED)).isEqualTo(200);
        assertThat(call(rule.call(), operator, OPEN)).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_token_is_worth_nothing_in_another_tenant(Rule rule) {
        TOKENS.values().forEach(token -> assertThat(call(rule.call(), token, OPEN)).isEqualTo(403));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void without_a_token_only_booking_is_open_and_only_where_the_tenant_says_so(Rule rule) {
        var booking = !rule.call().matches(".* /(admin|audit|reports)/.*|.*/appointments/search");

        assertThat(call(rule.call(), "", OPEN)).isEqualTo(booking ? 200 : 401);
    }

    @Test
    void nobody_without_a_token_searches_by_a_personal_identifier() {
        var call = "POST /external/v1/appointments/search";

        assertThat(call(call, "", OPEN)).isEqualTo(401);
        assertThat(call(call, node.tokenOf(OPEN, CANCEL), OPEN)).isEqualTo(403);
        assertThat(call(call, node.tokenOf(OPEN, BOOK), OPEN)).isEqualTo(200);
    }

    @Test
    void where_anybody_may_book_a_token_of_the_tenant_may_too() {
        var reporting = node.tokenOf(OPEN, REPORTING);

        assertThat(call("POST /reservations", reporting, OPEN)).isEqualTo(200);
        assertThat(call("GET /admin/v1/catalogue", reporting, OPEN)).isEqualTo(403);
    }

    @Test
    void a_missing_or_unknown_tenant_is_left_to_those_who_know_tenants() {
        assertThat(node.call("GET /services", "").statusCode()).isEqualTo(200);
        assertThat(call("GET /services", "", TenantId.of("nowhere"))).isEqualTo(200);
        assertThat(node.call("GET /services", "", "X-TENANT-ID", "no id").statusCode())
                .isEqualTo(200);
        assertThat(node.call("GET /admin/v1/catalogue", tokenWith(MANAGER)).statusCode())
                .isEqualTo(200);
        assertThat(call("GET /services", tokenWith(BOOK), TenantId.of("nowhere"))).isEqualTo(403);
    }

    @Test
    void two_tenants_in_one_request_do_not_help() {
        for (var tenants : List.of(List.of(CLOSED, OPEN), List.of(OPEN, CLOSED))) {
            var answer =
                    node.call(
                            "GET /admin/v1/catalogue",
                            tokenWith(MANAGER),
                            "X-TENANT-ID",
                            tenants.getFirst().toString(),
                            "X-TENANT-ID",
                            tenants.getLast().toString());
            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/readiness",
                "/problems/slot-taken",
                "/swagger-ui.html",
                "/swagger-ui/index.html"
            })
    void anybody_reads_health_and_documents(String path) {
        assertThat(node.call("GET " + path, "").statusCode()).isNotIn(401, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/env",
                "/actuator",
                "/anything",
                "/admin",
                "/oauth2/introspect",
                "/oauth2/revoke",
                "/oauth2/authorize",
                "/login",
                "/externalx/v1/services"
            })
    void whatever_no_rule_names_is_denied(String path) {
        assertThat(node.call("GET " + path, "").statusCode()).isEqualTo(401);
        assertThat(node.call("GET " + path, operator).statusCode()).isEqualTo(403);
    }

    @Test
    void metrics_are_for_this_machine_and_for_operators() {
        assertThat(node.call("GET /actuator/prometheus", "").statusCode()).isEqualTo(200);
        assertThat(forwarded("")).isEqualTo(401);
        assertThat(forwarded(tokenWith(MANAGER))).isEqualTo(403);
        assertThat(forwarded(operator)).isEqualTo(200);
    }

    @Test
    void who_has_no_token_is_told_so_as_a_problem() {
        var answer = node.call("GET /admin/v1/catalogue?dryRun=true", "");

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        var problem = json(answer);
        assertThat(problem.path("type").asString()).isEqualTo("/problems/unauthenticated");
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("status").asInt()).isEqualTo(401);
        assertThat(problem.path("detail").asString()).contains("/oauth2/token");
        assertThat(problem.path("instance").asString()).isEqualTo("/admin/v1/catalogue");
    }

    @Test
    void who_may_not_is_told_which_scope_it_takes() {
        var answer =
                node.call(
                        "GET /admin/v1/catalogue",
                        tokenWith(STAFF),
                        "X-TENANT-ID",
                        CLOSED.toString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("insufficient_scope");
        assertThat(json(answer).path("type").asString()).isEqualTo("/problems/forbidden");
        assertThat(json(answer).path("detail").asString()).contains("manager");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0."})
    void a_token_that_was_not_issued_here_is_refused_everywhere(String token) {
        for (var call : List.of("GET /services", "GET /admin/v1/catalogue")) {
            var answer = node.call(call, token, "X-TENANT-ID", OPEN.toString());

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("invalid_token");
            assertThat(json(answer).path("type").asString()).isEqualTo("/problems/unauthenticated");
        }
    }

    @Test
    void every_answer_is_hardened_and_keeps_no_session() {
        for (var answer :
                List.of(
                        node.call("GET /services", ""),
                        node.call("GET /admin/v1/catalogue", ""),
                        node.askToken(THE_OPERATOR, ""))) {
            var headers = answer.headers();
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("frame-ancestors 'none'");
            assertThat(headers.firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void the_log_knows_which_client_acts() {
        var answer = node.call("GET /admin/v1/catalogue", operator);

        assertThat(answer.body()).isEqualTo(THE_OPERATOR.id());
        assertThat(node.call("GET /services", "").body()).isEqualTo("null");
    }

    @Test
    void only_an_operator_with_the_operator_scope_creates_tenants() {
        var asManager =
                json(node.askToken(THE_OPERATOR, "&scope=manager")).path("access_token").asString();

        assertThat(call("GET /admin/v1/catalogue", asManager, OPEN)).isEqualTo(200);
        assertThat(node.call("POST /admin/v1/tenants", asManager).statusCode()).isEqualTo(403);
        assertThat(TOKENS).containsKey(AUDIT_PERSONAL);
    }

    private static String tokenWith(Scope scope) {
        return Objects.requireNonNull(TOKENS.get(scope));
    }

    private static int forwarded(String token) {
        return node.call("GET /actuator/prometheus", token, "X-Forwarded-For", "203.0.113.9")
                .statusCode();
    }

    private static int call(String methodAndPath, String token, TenantId tenant) {
        return node.call(methodAndPath, token, "X-TENANT-ID", tenant.toString()).statusCode();
    }
}
