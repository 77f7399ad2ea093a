package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;

import holdfast.catalogue.TenantId;
import holdfast.members.Account;
import holdfast.members.Role;
import holdfast.members.StaffAccounts;
import holdfast.pages.Browser;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** Staff whom a provider of their city signs in. */
class SigningInOutsideTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String DESK = "/staff/city/desk";
    private static final String BY_CITY = "/staff/city/sign-in/city";

    @SuppressWarnings("NullAway.Init")
    private static IdentityProvider city;

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller manager;

    @BeforeAll
    static void twoCities() {
        city = new IdentityProvider();
        node =
                Nodes.start(
                        DATABASE,
                        "holdfast.sign-in.providers[0].name=city",
                        "holdfast.sign-in.providers[0].tenant=city",
                        "holdfast.sign-in.providers[0].title=City ID",
                        "holdfast.sign-in.providers[0].issuer=" + city.issuer(),
                        "holdfast.sign-in.providers[0].client-id=" + IdentityProvider.CLIENT,
                        "holdfast.sign-in.providers[0].client-secret=" + IdentityProvider.SECRET,
                        "holdfast.sign-in.providers[0].roles-claim=realm.roles",
                        "holdfast.sign-in.providers[0].roles.desk=staff",
                        "holdfast.sign-in.providers[0].roles.books=auditor",
                        "holdfast.sign-in.providers[1].name=silent",
                        "holdfast.sign-in.providers[1].tenant=neighbour",
                        "holdfast.sign-in.providers[1].title=Silent ID",
                        "holdfast.sign-in.providers[1].issuer=http://127.0.0.1:1",
                        "holdfast.sign-in.providers[1].client-id=holdfast",
                        "holdfast.sign-in.providers[1].only=true");
        City.found(node.url(), "city", "PT15M");
        City.found(node.url(), "neighbour", "PT15M");
        manager = Caller.operator(node.url()).of("city");
    }

    @AfterEach
    void asItShouldBe() {
        city.change = claims -> claims;
        city.signing = city.published();
        city.down = false;
    }

    @AfterAll
    static void stop() {
        node.close();
        city.close();
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    /** Where the provider leads the person back to, as a path here. */
    private static String back(URI address) {
        assertThat(address.toString()).startsWith(node.url() + BY_CITY + "/done?");
        return address.toString().substring(node.url().length());
    }

    private static HttpResponse<String> come(Person person, String subject, String... roles) {
        var question = location(person.get(BY_CITY + "?continue=" + DESK));
        return person.get(back(city.signIn(question, subject, roles)));
    }

    private static boolean isIn(Person person) {
        return person.get(DESK).statusCode() == 200;
    }

    private static List<JsonNode> members(String subject) {
        return StreamSupport.stream(
                        manager.get("/admin/v1/staff-members").body().spliterator(), false)
                .filter(each -> each.path("userName").asString().equals("city/" + subject))
                .toList();
    }

    @Test
    void whoever_the_city_knows_signs_in_with_a_browser_and_out_again_everywhere() {
        try (var browser = Browser.start()) {
            browser.open(node.url() + DESK + "?branch=hall").sees("Sign in");
            browser.isAccessible();
            browser.click("Sign in with City ID");
            browser.sees("Who are you?").click("I am Grace");
            browser.reads("Grace of grace-1");
            assertThat(browser.address()).endsWith(DESK + "?branch=hall");

            browser.click("Sign out");
            browser.reads("You are signed out.");
            assertThat(city.leaving)
                    .contains("client_id=" + IdentityProvider.CLIENT)
                    .contains(
                            "post_logout_redirect_uri=" + node.url() + "/staff/city/sign-in?left");
            assertThat(browser.all(By.linkText("Sign in with City ID"))).hasSize(1);
        }
    }

    @Test
    void whoever_comes_twice_is_one_member_whom_the_log_knows_by_an_id_only() {
        var person = new Person(node.url());
        assertThat(location(come(person, "Ada-1", "desk", "of no meaning"))).isEqualTo(DESK);
        assertThat(isIn(person)).isTrue();
        come(new Person(node.url()), "Ada-1", "desk");

        var member = members("Ada-1");
        assertThat(member).hasSize(1);
        assertThat(member.getFirst().path("displayName").asString()).isEqualTo("Grace of Ada-1");
        assertThat(member.getFirst().path("roles").toString()).isEqualTo("[\"staff\"]");
        var id = "member:" + member.getFirst().path("id").asString();
        assertThat(metadata(id)).hasSize(1).allMatch(each -> each.contains("\"" + id + "\""));
        assertThat(NothingPersonalIsReadableTest.tablesWith(DATABASE, "Grace of Ada-1")).isEmpty();
        assertThat(NothingPersonalIsReadableTest.tablesWith(DATABASE, "Ada-1")).isEmpty();
    }

    private static List<String> metadata(String stream) {
        return DATABASE.sql()
                .sql("select cast(metadata as text) from event_log where stream = ?")
                .param(stream)
                .query((row, n) -> row.getString(1))
                .list();
    }

    @Test
    void subjects_that_differ_in_their_letters_case_only_are_never_taken_for_one() {
        come(new Person(node.url()), "same", "desk");
        var other = new Person(node.url());
        assertThat(come(other, "SAME", "desk").statusCode()).isEqualTo(403);
        assertThat(isIn(other)).isFalse();
    }

    @Test
    void an_account_with_a_password_is_not_taken_over_by_one_of_that_name() {
        node.bean(StaffAccounts.class)
                .add(
                        TenantId.of("city"),
                        new Account("city/boss", "The boss"),
                        List.of(Role.STAFF));
        var person = new Person(node.url());
        assertThat(come(person, "boss", "desk").statusCode()).isEqualTo(403);
        assertThat(isIn(person)).isFalse();
    }

    @Test
    void roles_are_the_citys_at_each_sign_in_and_who_has_none_stays_out() {
        var nobody = new Person(node.url());
        var refused = come(nobody, "temp", "of no meaning");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("City ID knows you");
        assertThat(isIn(nobody)).isFalse();
        assertThat(members("temp")).isEmpty();

        var person = new Person(node.url());
        come(person, "temp", "desk");
        assertThat(isIn(person)).isTrue();
        come(new Person(node.url()), "temp", "books");
        assertThat(person.get(DESK).statusCode()).isEqualTo(403);
        assertThat(come(new Person(node.url()), "temp").statusCode()).isEqualTo(403);
        assertThat(members("temp").getFirst().path("roles").size()).isZero();
    }

    @Test
    void whom_a_manager_has_disabled_stays_out_whatever_the_city_says() {
        var person = new Person(node.url());
        come(person, "off", "desk");
        var id = members("off").getFirst().path("id").asString();
        manager.put(
                "/admin/v1/staff-members/" + id,
                """
                {"userName": "city/off", "displayName": "X", "roles": ["staff"], "disabled": true}
                """);
        assertThat(isIn(person)).isFalse();
        assertThat(come(person, "off", "desk").statusCode()).isEqualTo(403);
        assertThat(isIn(person)).isFalse();
        assertThat(new Person(node.url()).signIn("city", "city/off", "").statusCode())
                .isEqualTo(422);
    }

    @Test
    void each_sign_in_is_a_new_session_and_leads_nowhere_but_to_a_page_of_the_tenant() {
        for (var wanted :
                List.of("https://example.org/", "//example.org", "/staff/neighbour/desk")) {
            var person = new Person(node.url());
            person.cookies.put(Person.SESSION, "chosen-by-somebody-else");
            var question = location(person.get(BY_CITY + "?continue=" + wanted));
            var led = person.get(back(city.signIn(question, "ida", "desk")));
            assertThat(location(led)).isEqualTo("/staff/city");
            assertThat(person.cookies.get(Person.SESSION)).hasSize(43);
            assertThat(String.join("\n", led.headers().allValues("Set-Cookie")))
                    .contains("holdfast-staff=", "HttpOnly", "SameSite=Lax", "Path=/staff/city");
        }
    }

    @Test
    void an_answer_counts_once_and_in_the_browser_that_asked() {
        var person = new Person(node.url());
        var question = location(person.get(BY_CITY));
        var answer = back(city.signIn(question, "eve", "desk"));

        var another = new Person(node.url());
        assertThat(another.get(answer).statusCode()).isEqualTo(400);
        another.get(BY_CITY);
        assertThat(another.get(answer).statusCode()).isEqualTo(400);
        another.cookies.put("holdfast-errand", "made.up");
        assertThat(another.get(answer).statusCode()).isEqualTo(400);
        assertThat(isIn(another)).isFalse();

        var kept = Map.copyOf(person.cookies);
        assertThat(person.get(answer).statusCode()).isEqualTo(303);
        var again = person.get(answer);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("came too late");
        var replaying = new Person(node.url());
        replaying.cookies.putAll(kept);
        assertThat(replaying.get(answer).statusCode()).isEqualTo(400);
        assertThat(isIn(replaying)).isFalse();
    }

    @Test
    void a_code_is_good_for_nothing_to_whoever_has_not_asked_for_it() {
        var victim = location(new Person(node.url()).get(BY_CITY));
        var stolen =
                back(city.signIn(victim, "victim", "desk")).replaceAll(".*code=([^&]+).*", "$1");
        var thief = new Person(node.url());
        var own = back(city.signIn(location(thief.get(BY_CITY)), "thief", "desk"));
        assertThat(thief.get(own.replaceAll("code=[^&]+", "code=" + stolen)).statusCode())
                .isEqualTo(400);
        assertThat(isIn(thief)).isFalse();
    }

    @Test
    void whoever_changes_their_mind_is_told_so() {
        var person = new Person(node.url());
        var question = location(person.get(BY_CITY));
        var answer =
                person.get(IdentityProvider.declining(question).substring(node.url().length()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("City ID did not sign you in.", "Sign in with City ID");
    }

    @Test
    void what_is_wrong_with_a_token_signs_nobody_in() {
        var hourAgo = Date.from(Instant.now().minus(Duration.ofHours(1)));
        for (var wrong :
                List.<UnaryOperator<JWTClaimsSet.Builder>>of(
                        claims -> claims.audience("others"),
                        claims -> claims.audience((String) null),
                        claims -> claims.issuer("https://id.example.org"),
                        claims -> claims.expirationTime(hourAgo),
                        claims -> claims.expirationTime(null),
                        claims -> claims.subject(null),
                        claims -> claims.claim("nonce", "another"),
                        claims -> claims.claim("nonce", null))) {
            city.change = wrong;
            assertUnusable();
        }
        city.change = claims -> claims;
        city.signing = IdentityProvider.newKey();
        assertUnusable();
        assertThat(members("mallory")).isEmpty();
    }

    private static void assertUnusable() {
        var person = new Person(node.url());
        var answer = come(person, "mallory", "desk");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("cannot be relied on");
        assertThat(isIn(person)).isFalse();
    }

    @Test
    void a_provider_that_is_out_of_order_is_a_page_that_says_so() {
        city.down = true;
        assertThat(come(new Person(node.url()), "late", "desk").statusCode()).isEqualTo(502);

        var silent = new Person(node.url()).get("/staff/neighbour/sign-in/silent");
        assertThat(silent.statusCode()).isEqualTo(503);
        assertThat(silent.body()).contains("Silent ID does not answer.");
    }

    @Test
    void where_the_provider_is_the_only_way_no_password_is_good() {
        var added =
                node.bean(StaffAccounts.class)
                        .add(
                                TenantId.of("neighbour"),
                                new Account("old", "Old"),
                                List.of(Role.STAFF));
        var person = new Person(node.url());
        assertThat(person.get("/staff/neighbour/sign-in").body())
                .contains("Sign in with Silent ID")
                .doesNotContain("type=\"password\"");
        person.get("/staff/city/sign-in");
        assertThat(person.signIn("neighbour", "old", added.password()).statusCode()).isEqualTo(422);
    }

    @Test
    void another_tenants_provider_is_as_absent_as_none() {
        for (var path : List.of("silent", "silent/done?state=a&code=b", "none")) {
            var answer = new Person(node.url()).get("/staff/city/sign-in/" + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
        }
    }
}
