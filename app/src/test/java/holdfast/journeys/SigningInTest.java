package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.TenantId;
import holdfast.members.Account;
import holdfast.members.Role;
import holdfast.members.StaffAccounts;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who is let in to the pages of the staff, how far, and until when. */
class SigningInTest {

    private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @SuppressWarnings("NullAway.Init")
    private static Caller manager;

    /** A member and the password. */
    private record Known(String id, String userName, String password) {}

    @BeforeAll
    static void twoCities() {
        node = Nodes.start(DATABASE);
        visitor = City.found(node.url(), "city", "PT15M");
        City.found(node.url(), "neighbour", "PT15M");
        manager = Caller.operator(node.url()).of("city");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Known member(String userName, Role... roles) {
        var added =
                node.bean(StaffAccounts.class)
                        .add(
                                TenantId.of("city"),
                                new Account(userName, "Grace Hopper"),
                                List.of(roles));
        return new Known(added.id().toString(), userName, added.password());
    }

    private static Person signedIn(Known member) {
        var person = new Person(node.url());
        var answer = person.signIn("city", member.userName(), member.password());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return person;
    }

    private static boolean isIn(Person person) {
        var answer = person.get("/staff/city/desk");
        assertThat(answer.statusCode()).isIn(200, 303);
        return answer.statusCode() == 200;
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    /** Method and path of each page of the staff, with an unknown id in it. */
    private static Set<String> pages() {
        return Objects.requireNonNull(node.bean(DispatcherServlet.class).getHandlerMappings())
                .stream()
                .filter(RequestMappingHandlerMapping.class::isInstance)
                .flatMap(
                        mapping ->
                                ((RequestMappingHandlerMapping) mapping)
                                        .getHandlerMethods().keySet().stream())
                .flatMap(
                        route ->
                                route.getMethodsCondition().getMethods().stream()
                                        .flatMap(
                                                method ->
                                                        route.getPatternValues().stream()
                                                                .map(path -> method + " " + path)))
                .filter(route -> route.contains(" /staff/"))
                .map(
                        route ->
                                route.replace("{tenant}", "city")
                                        .replace("{id}", NOBODY)
                                        .replace("{report}", "funnel")
                                        .replace("{provider}", "nobody"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static HttpResponse<String> ask(Person person, String route) {
        var parts = route.split(" ", 2);
        return parts[0].equals("GET")
                ? person.get(parts[1])
                : person.fill("/staff/city/sign-in", parts[1], Map.of());
    }

    @Test
    void each_page_wants_somebody_signed_in_and_each_its_role() {
        var stranger = new Person(node.url());
        var auditor = signedIn(member("audrey", Role.AUDITOR, Role.MANAGER));
        var receptionist = signedIn(member("rosa", Role.STAFF));
        var reader = signedIn(member("regina", Role.REPORTING));

        assertThat(pages()).contains("GET /staff/city/desk", "POST /staff/city/desk/booking");
        for (var route : pages()) {
            if (!route.contains("/sign-in")) {
                var refused = ask(stranger, route);
                assertThat(refused.statusCode()).as(route).isEqualTo(303);
                assertThat(location(refused)).as(route).startsWith("/staff/city/sign-in");
            }
            if (route.contains("/desk")) {
                var denied = ask(auditor, route);
                assertThat(denied.statusCode()).as(route).isEqualTo(403);
                assertThat(denied.body()).as(route).contains("Not for your account");
                assertThat(ask(receptionist, route).statusCode()).as(route).isNotIn(303, 403, 500);
            }
            if (route.contains("/catalogue")) {
                assertThat(ask(reader, route).statusCode()).as(route).isEqualTo(403);
                assertThat(ask(auditor, route).statusCode()).as(route).isNotIn(303, 403, 500);
                assertThat(ask(receptionist, route).statusCode()).as(route).isEqualTo(403);
            }
            if (route.contains("/figures")) {
                assertThat(ask(auditor, route).statusCode()).as(route).isEqualTo(403);
                assertThat(ask(receptionist, route).statusCode()).as(route).isEqualTo(403);
                assertThat(ask(reader, route).statusCode()).as(route).isNotIn(303, 403, 500);
            }
            if (route.contains("/audit")) {
                assertThat(ask(receptionist, route).statusCode()).as(route).isEqualTo(403);
                assertThat(ask(auditor, route).statusCode()).as(route).isNotIn(303, 403, 500);
            }
        }
    }

    @Test
    void whoever_signs_in_is_led_to_the_page_that_was_asked_for_and_nowhere_else() {
        var member = member("hanna", Role.STAFF);
        var person = new Person(node.url());
        var asked = "/staff/city/desk?branch=hall&date=2030-01-02";
        var signIn = location(person.get(asked));

        var fields = Map.of("userName", "hanna", "password", member.password());
        for (var wanted :
                List.of("https://example.org/", "//example.org", "/staff/neighbour/desk")) {
            var led = new Person(node.url());
            var form = new HashMap<>(fields);
            form.put("continue", wanted);
            assertThat(location(led.fill("/staff/city/sign-in", "/staff/city/sign-in", form)))
                    .isEqualTo("/staff/city");
        }
        var form = new HashMap<>(fields);
        assertThat(person.get(signIn).body()).contains(asked.replace("&", "&amp;"));
        form.put("continue", asked);
        var led = person.fill(signIn, "/staff/city/sign-in", form);
        assertThat(location(led)).isEqualTo(asked);
        assertThat(person.get(asked).statusCode()).isEqualTo(200);
    }

    @Test
    void who_is_unknown_wrong_or_disabled_is_told_the_same() {
        var known = member("known", Role.STAFF);
        var disabled = member("disabled", Role.STAFF);
        disable(disabled);

        var wrong = new Person(node.url()).signIn("city", "known", "not-the-password");
        var nobody = new Person(node.url()).signIn("city", "nobody", known.password());
        var off = new Person(node.url()).signIn("city", "disabled", disabled.password());

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("staff=");
        assertThat(wrong.body()).contains("User name or password is not right.");
        assertThat(List.of(nobody.statusCode(), off.statusCode())).containsOnly(422);
        assertThat(List.of(plain(nobody, "nobody"), plain(off, "disabled")))
                .containsOnly(plain(wrong, "known"));
    }

    private static String plain(HttpResponse<String> page, String userName) {
        return page.body()
                .replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                .replace(userName, "somebody");
    }

    private static void disable(Known member) {
        change(member, "staff", true);
    }

    private static void change(Known member, String role, boolean disabled) {
        var changed =
                manager.put(
                        "/admin/v1/staff-members/" + member.id(),
                        """
                        {"userName": "%s", "displayName": "Grace", "roles": ["%s"], "disabled": %s}
                        """
                                .formatted(member.userName(), role, disabled));
        assertThat(changed.status()).as("%s", changed.body()).isEqualTo(200);
    }

    @Test
    void whoever_guessed_often_is_not_even_heard_with_the_right_password() {
        var member = member("often", Role.STAFF);
        for (int i = 0; i < 5; i++) {
            var wrong = new Person(node.url()).signIn("city", "OFTEN", "guess-" + i);
            assertThat(wrong.statusCode()).isEqualTo(422);
        }
        var right = new Person(node.url()).signIn("city", "often", member.password());
        assertThat(right.statusCode()).isEqualTo(429);
        assertThat(right.headers().firstValue("Retry-After")).contains("300");

        // others are not kept out by that, and names that nobody has are counted alike
        signedIn(member("seldom", Role.STAFF));
        for (int i = 0; i < 5; i++) {
            new Person(node.url()).signIn("city", "noone", "guess");
        }
        assertThat(new Person(node.url()).signIn("city", "noone", "guess").statusCode())
                .isEqualTo(429);
    }

    @Test
    void each_signing_in_gives_a_new_session_that_no_script_and_no_other_site_can_use() {
        var member = member("nora", Role.STAFF);
        var person = new Person(node.url());
        person.cookies.put(Person.SESSION, "chosen-by-somebody-else");
        var answer = person.signIn("city", "nora", member.password());
        var first = person.cookies.get(Person.SESSION);

        assertThat(first).isNotEqualTo("chosen-by-somebody-else").hasSize(43);
        assertThat(String.join("\n", answer.headers().allValues("Set-Cookie")))
                .contains("HttpOnly", "SameSite=Lax", "Path=/staff/city");
        assertThat(NothingPersonalIsReadableTest.tablesWith(DATABASE, first)).isEmpty();

        var old = new Person(node.url());
        old.cookies.putAll(person.cookies);
        person.fill(
                "/staff/city/desk",
                "/staff/city/sign-in",
                Map.of("userName", "nora", "password", member.password()));
        assertThat(person.cookies.get(Person.SESSION)).isNotEqualTo(first);
        assertThat(isIn(person)).isTrue();
        assertThat(isIn(old)).isFalse();
    }

    @Test
    void whoever_signs_out_is_out_wherever_the_cookie_went() {
        var person = signedIn(member("otto", Role.STAFF));
        var copy = new Person(node.url());
        copy.cookies.putAll(person.cookies);

        var left = person.fill("/staff/city/desk", "/staff/city/sign-out", Map.of());
        assertThat(location(left)).isEqualTo("/staff/city/sign-in?left");
        assertThat(person.get("/staff/city/sign-in?left").body()).contains("You are signed out.");
        assertThat(isIn(copy)).isFalse();
    }

    @Test
    void what_a_manager_changes_holds_from_the_next_click_on() {
        var member = member("paula", Role.STAFF);
        var person = signedIn(member);
        assertThat(isIn(person)).isTrue();
        change(member, "auditor", false);
        assertThat(person.get("/staff/city/desk").statusCode()).isEqualTo(403);
        change(member, "staff", false);
        assertThat(isIn(person)).isTrue();
        change(member, "staff", true);
        assertThat(isIn(person)).isFalse();
        change(member, "staff", false);
        assertThat(isIn(person)).isTrue();
        manager.post("/admin/v1/staff-members/" + member.id() + "/password", "");
        assertThat(isIn(person)).isFalse();
    }

    @Test
    void whoever_changes_their_password_is_signed_out_everywhere_else() {
        var member = member("sofia", Role.AUDITOR);
        var here = signedIn(member);
        var elsewhere = signedIn(member);
        var secret = here.cookies.get(Person.SESSION);
        var chosen = "seven green kettles";

        var changed = changePassword(here, member.password(), chosen, chosen);
        assertThat(location(changed)).isEqualTo("/staff/city/account?changed");
        assertThat(here.cookies.get(Person.SESSION)).isNotEqualTo(secret);
        assertThat(here.get("/staff/city/account?changed").body())
                .contains("signed out everywhere else");
        assertThat(elsewhere.get("/staff/city/account").statusCode()).isEqualTo(303);
        var person = new Person(node.url());
        assertThat(person.signIn("city", "sofia", member.password()).statusCode()).isEqualTo(422);
        assertThat(person.signIn("city", "sofia", chosen).statusCode()).isEqualTo(303);
        assertThat(Nodes.history(DATABASE, "member:" + member.id()))
                .endsWith("members.PasswordRenewed");
    }

    @Test
    void a_password_that_will_not_do_is_told_with_all_its_faults_and_changes_nothing() {
        var member = member("tabea", Role.AUDITOR);
        var tabea = signedIn(member);

        var refused = changePassword(tabea, "not mine", "short", "other");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("This is not your current password.")
                .contains("This has fewer than 12 characters.")
                .contains("This is not what you typed above.")
                .doesNotContain("\"short\"", "\"not mine\"");
        assertThat(changePassword(tabea, member.password(), "ü".repeat(37), "").body())
                .contains("This is too long.", "This is not what you typed above.");
        assertThat(changePassword(tabea, member.password(), member.password(), "").body())
                .contains("This is your current password.");
        var wanted = "x".repeat(20);
        for (int guess = 0; guess < 4; guess++) {
            assertThat(changePassword(tabea, "guess " + guess, wanted, wanted).statusCode())
                    .isEqualTo(422);
        }
        var tooMany = changePassword(tabea, member.password(), wanted, wanted);
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("300");
        assertThat(tooMany.body()).contains("Too many wrong attempts.");
        assertThat(tabea.get("/staff/city/account").statusCode()).isEqualTo(200);
        assertThat(Nodes.history(DATABASE, "member:" + member.id()))
                .doesNotContain("members.PasswordRenewed");
    }

    private static HttpResponse<String> changePassword(
            Person person, String current, String wanted, String again) {
        return person.fill(
                "/staff/city/account",
                "/staff/city/account/password",
                Map.of("current", current, "wanted", wanted, "again", again));
    }

    @Test
    void a_session_holds_on_every_node_and_ends_by_itself() {
        var member = member("quirin", Role.STAFF);
        var person = signedIn(member);
        try (var another = Nodes.start(DATABASE)) {
            var there = new Person(another.url());
            there.cookies.putAll(person.cookies);
            assertThat(isIn(there)).isTrue();
            assertThatWrongPasswordsCountTogether(node, another);
        }
        setBack(member, "seen_at", "31 minutes");
        assertThat(isIn(person)).isFalse();

        var again = signedIn(member);
        setBack(member, "seen_at", "29 minutes");
        assertThat(isIn(again)).isTrue(); // and is seen again with that
        setBack(member, "seen_at", "29 minutes");
        assertThat(again.getWithoutClick("/staff/city/desk").statusCode()).isEqualTo(200);
        setBack(member, "seen_at", "2 minutes");
        assertThat(isIn(again)).as("kept alive by nobody").isFalse();

        again = signedIn(member);
        setBack(member, "began_at", "11 hours 59 minutes");
        assertThat(isIn(again)).isTrue();
        setBack(member, "began_at", "2 minutes");
        assertThat(isIn(again)).isFalse();
    }

    private static void assertThatWrongPasswordsCountTogether(TestNode one, TestNode other) {
        var guessed = member("guessed", Role.STAFF);
        for (var at : List.of(one, other, other, one, other)) {
            assertThat(new Person(at.url()).signIn("city", "guessed", "guess").statusCode())
                    .isEqualTo(422);
        }
        for (var at : List.of(one, other)) {
            var right = new Person(at.url()).signIn("city", "guessed", guessed.password());
            assertThat(right.statusCode()).isEqualTo(429);
        }
    }

    private static void setBack(Known member, String column, String interval) {
        DATABASE.sql()
                .sql(
                        "update staff_session set %1$s = %1$s - cast(? as interval) where member_id = cast(? as uuid)"
                                .formatted(column))
                .params(interval, member.id())
                .update();
    }

    @Test
    void a_form_that_is_not_ours_changes_nothing() {
        var person = signedIn(member("rita", Role.STAFF));
        var slot = City.slots(visitor, ADVICE, City.inDays(9)).getFirst();
        var id = appointment(visitor, ADVICE, slot, "form1234567");
        var arrival = "/staff/city/desk/appointments/" + id + "/arrival";

        assertThat(person.post(arrival, Map.of()).statusCode()).isEqualTo(403);
        assertThat(person.post(arrival, Map.of("_csrf", "made-up")).statusCode()).isEqualTo(403);
        assertThat(visitor.get("/appointments/" + id).body().path("status").asString())
                .isEqualTo("CONFIRMED");
        var page = "/staff/city/desk/appointments/" + id;
        assertThat(person.fill(page, arrival, Map.of()).statusCode()).isEqualTo(303);
        assertThat(visitor.get("/appointments/" + id).body().path("status").asString())
                .isEqualTo("ARRIVED");
    }

    @Test
    void no_page_takes_a_form_without_its_token() {
        var person = signedIn(member("ruth", Role.STAFF));
        for (var route : pages()) {
            if (route.startsWith("POST ")) {
                var refused = person.post(route.substring(5), Map.of("userName", "ruth"));
                assertThat(refused.statusCode()).as(route).isEqualTo(403);
            }
        }
        assertThat(isIn(person)).isTrue();
    }

    @Test
    void no_page_is_kept_framed_or_runs_what_is_not_ours() {
        var person = signedIn(member("rosi", Role.STAFF));
        for (var page :
                List.of(
                        person.get("/staff/city/desk"),
                        person.get("/staff/city/denied"),
                        person.get("/staff/city/desk/appointments/" + NOBODY),
                        new Person(node.url()).get("/staff/city/desk"),
                        new Person(node.url()).get("/staff/city/sign-in"))) {
            var headers = page.headers();
            assertThat(headers.firstValue("Cache-Control").orElse("")).contains("no-store");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Permissions-Policy")).isPresent();
            assertThat(headers.allValues("Content-Security-Policy"))
                    .hasSize(1)
                    .allMatch(policy -> policy.contains("frame-ancestors 'none'"))
                    .allMatch(policy -> policy.contains("default-src 'none'"))
                    .noneMatch(policy -> policy.contains("unsafe"));
        }
    }

    @Test
    void what_belongs_to_another_tenant_is_as_absent_as_what_is_not_there() {
        var person = signedIn(member("svea", Role.STAFF));
        var elsewhere = person.get("/staff/neighbour/desk");
        assertThat(elsewhere.statusCode()).isEqualTo(303);
        assertThat(location(elsewhere)).startsWith("/staff/neighbour/sign-in");

        var neighbour = Caller.anonymous(node.url()).of("neighbour");
        var slot = City.slots(neighbour, ADVICE, City.inDays(9)).getFirst();
        var theirs = appointment(neighbour, ADVICE, slot, "their1234567");
        var foreign = person.get("/staff/city/desk/appointments/" + theirs);
        var unknown = person.get("/staff/city/desk/appointments/" + NOBODY);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(foreign.body().replace(theirs, NOBODY).replaceAll("value=\"[^\"]+\"", ""))
                .isEqualTo(unknown.body().replaceAll("value=\"[^\"]+\"", ""));

        assertThat(person.get("/staff/atlantis/sign-in").statusCode()).isEqualTo(404);
    }

    @Test
    void what_somebody_does_at_the_desk_stands_in_the_log_under_their_id() {
        var member = member("tilda", Role.STAFF);
        var person = signedIn(member);
        var slot = City.slots(visitor, ADVICE, City.inDays(9)).getLast();
        var id = appointment(visitor, ADVICE, slot, "actor1234567");
        var page = "/staff/city/desk/appointments/" + id;
        person.fill(page, page + "/arrival", Map.of());

        var metadata =
                DATABASE.sql()
                        .sql(
                                """
                                select cast(metadata as text) from event_log
                                where stream = ? and name = 'reservation.Arrived'
                                """)
                        .param(id)
                        .query(String.class)
                        .single();
        assertThat(metadata).contains("\"member:" + member.id() + "\"", "\"city\"");
    }
}
