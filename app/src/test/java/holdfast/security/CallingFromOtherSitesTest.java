package holdfast.security;

import static holdfast.security.SecuredNode.CLOSED;
import static holdfast.security.SecuredNode.OPEN;
import static holdfast.security.SecuredNode.SITE;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

/** Scripts of a web site call from a browser (CORS), and what browsers are told beside. */
class CallingFromOtherSitesTest {

    private static final String OF_OPEN = "https://open-town.example";
    private static final String OF_CLOSED = "https://closed-town.example";
    private static final String STRANGER = "https://elsewhere.example";

    private static SecuredNode node;

    @BeforeAll
    static void start() {
        node = SecuredNode.onNewDatabase("--server.forward-headers-strategy=native");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void a_site_reads_the_answers_of_the_tenants_that_allow_it() {
        for (var site : List.of(SITE, OF_OPEN)) {
            var answer = get(site, OPEN.toString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(allowed(answer)).isEqualTo(site);
            assertThat(header(answer, "Access-Control-Expose-Headers"))
                    .contains("ETag", "Location", "RateLimit", "Retry-After", "X-Request-Id");
            assertThat(answer.headers().allValues("Vary")).contains("Origin");
        }
    }

    @Test
    void no_other_site_does_and_the_call_is_answered_all_the_same() {
        for (var site :
                List.of(
                        OF_CLOSED,
                        STRANGER,
                        "null",
                        SITE + ":8080",
                        SITE.toUpperCase(Locale.ROOT))) {
            var answer = get(site, OPEN.toString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(allowed(answer)).isEmpty();
            assertThat(header(answer, "Access-Control-Expose-Headers")).isEmpty();
        }
        assertThat(allowed(get(SITE, "nowhere"))).isEmpty();
        assertThat(allowed(node.call("GET /services", "", "Origin", SITE))).isEmpty();
    }

    @Test
    void refusals_can_be_read_too() {
        var answer = get(OF_CLOSED, CLOSED.toString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(allowed(answer)).isEqualTo(OF_CLOSED);
    }

    @Test
    void what_a_browser_asks_beforehand_needs_neither_tenant_nor_token() {
        for (var site : List.of(SITE, OF_OPEN, OF_CLOSED)) {
            var answer = beforehand(site);

            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(allowed(answer)).isEqualTo(site);
            assertThat(header(answer, "Access-Control-Allow-Methods")).contains("PUT", "DELETE");
            assertThat(header(answer, "Access-Control-Allow-Headers"))
                    .contains("Authorization", "Idempotency-Key", "X-TENANT-ID");
            assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(allowed(beforehand(STRANGER))).isEmpty();
    }

    @Test
    void a_secret_has_no_place_in_a_browser_so_no_site_may_ask_for_tokens() {
        var answer =
                node.call("POST /oauth2/token", "", "Origin", SITE, "X-TENANT-ID", OPEN.toString());

        assertThat(allowed(answer)).isEmpty();
    }

    @Test
    void no_answer_lets_cookies_along() {
        assertThat(header(get(SITE, OPEN.toString()), "Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(header(beforehand(SITE), "Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void only_an_answer_over_https_says_that_it_stays_so() {
        var plain = node.call("GET /services", "");
        var secure = node.call("GET /services", "", "X-Forwarded-Proto", "https");

        assertThat(header(plain, "Strict-Transport-Security")).isEmpty();
        assertThat(header(secure, "Strict-Transport-Security"))
                .startsWith("max-age=31536000")
                .doesNotContain("includeSubDomains");
    }

    private static HttpResponse<String> get(String origin, String tenant) {
        return node.call("GET /services", "", "Origin", origin, "X-TENANT-ID", tenant);
    }

    private static HttpResponse<String> beforehand(String origin) {
        return node.call(
                "OPTIONS /external/v1/reservations",
                "",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,x-tenant-id");
    }

    private static String allowed(HttpResponse<String> answer) {
        return header(answer, "Access-Control-Allow-Origin");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
