package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.journeys.Caller.Answer;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A manager lets people in, says what they may do, and lets them go. */
class RunningTheStaffTest {

    private static final String MEMBERS = "/admin/v1/staff-members";
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller manager;

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        City.found(node.url(), "city", "PT15M");
        City.found(node.url(), "neighbour", "PT15M");
        manager = Caller.operator(node.url()).of("city");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void somebody_is_let_in_with_a_password_that_is_shown_once() {
        var added = add("Ida@example.org", "Ida Rhodes", "staff");

        assertThat(added.status()).as("%s", added.body()).isEqualTo(201);
        assertThat(added.body().path("password").asString()).hasSize(24);
        var id = added.body().path("id").asString();
        assertThat(added.header("Location")).isEqualTo(MEMBERS + "/" + id);

        var shown = manager.get(MEMBERS + "/" + id);
        assertThat(shown.body().toString())
                .isEqualTo(
                        """
                        {"id":"%s","userName":"Ida@example.org","displayName":"Ida Rhodes",\
                        "roles":["staff"],"disabled":false}\
                        """
                                .formatted(id));
        assertThat(manager.get(MEMBERS).body().findValuesAsString("id")).contains(id);
    }

    @Test
    void a_user_name_belongs_to_one_person_however_it_is_typed() {
        add("jean@example.org", "Jean", "staff");
        refuses(add("JEAN@example.org", "Other Jean", "staff"), 409, "user-name-taken");

        var other = add("kay@example.org", "Kay", "staff").body().path("id").asString();
        var taken = change(other, "Jean@Example.org", "Kay", "staff", false);
        refuses(taken, 409, "user-name-taken");
        assertThat(manager.get(MEMBERS + "/" + other).body().path("userName").asString())
                .isEqualTo("kay@example.org");

        var neighbour = manager.of("neighbour");
        assertThat(neighbour.post(MEMBERS, body("jean@example.org", "Jean", "staff")).status())
                .isEqualTo(201);
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        var refused =
                manager.post(
                        MEMBERS,
                        "{\"userName\": \" \", \"displayName\": \"\", \"roles\": [\"boss\"]}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/userName", "/displayName", "/roles/0");
        assertThat(refused.body().path("errors").findValuesAsString("detail"))
                .contains("must have characters, and no space before or after them");
        // digits are a name like any other
        assertThat(add("4711", "4711", "staff").status()).isEqualTo(201);
    }

    @Test
    void another_tenants_member_is_as_unknown_as_nobody() {
        var id = add("lea@example.org", "Lea", "staff").body().path("id").asString();
        var neighbour = manager.of("neighbour");

        for (var who : new String[] {id, "00000000-0000-7000-8000-000000000000", "nobody"}) {
            var path = MEMBERS + "/" + who;
            refuses(neighbour.get(path), 404, "member-unknown");
            refuses(neighbour.delete(path), 404, "member-unknown");
            refuses(neighbour.post(path + "/password", ""), 404, "member-unknown");
            refuses(
                    neighbour.put(
                            path, body("x", "x", "staff").replace("}", ", \"disabled\": false}")),
                    404,
                    "member-unknown");
        }
        assertThat(manager.get(MEMBERS + "/" + id).status()).isEqualTo(200);
    }

    @Test
    void what_was_done_stands_in_the_log_and_who_it_was_does_not() {
        var added = add("mileva@example.org", "Mileva Maric", "manager");
        var id = added.body().path("id").asString();
        assertThat(change(id, "mileva@example.org", "Mileva Einstein", "staff", true).status())
                .isEqualTo(200);
        var renewed = manager.post(MEMBERS + "/" + id + "/password", "");
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.body().path("password")).isNotEqualTo(added.body().path("password"));
        assertThat(manager.delete(MEMBERS + "/" + id).status()).isEqualTo(204);
        refuses(manager.get(MEMBERS + "/" + id), 404, "member-unknown");

        assertThat(Nodes.history(DATABASE, "member:" + id))
                .containsExactly(
                        "members.MemberAdded",
                        "members.MemberChanged",
                        "members.PasswordRenewed",
                        "members.MemberRemoved");
        for (var secret :
                new String[] {
                    "mileva",
                    added.body().path("password").asString(),
                    renewed.body().path("password").asString()
                }) {
            assertThat(NothingPersonalIsReadableTest.tablesWith(DATABASE, secret))
                    .as(secret)
                    .isEmpty();
        }
        assertThat(NothingPersonalIsReadableTest.tablesWith(DATABASE, id)).isNotEmpty();
    }

    private static Answer add(String userName, String displayName, String role) {
        return manager.post(MEMBERS, body(userName, displayName, role));
    }

    private static Answer change(
            String id, String userName, String displayName, String role, boolean disabled) {
        var body = body(userName, displayName, role).replace("}", ", \"disabled\": %s}");
        return manager.put(MEMBERS + "/" + id, body.formatted(disabled));
    }

    private static String body(String userName, String displayName, String role) {
        return """
        {"userName": "%s", "displayName": "%s", "roles": ["%s"]}\
        """
                .formatted(userName, displayName, role);
    }

    private static void refuses(Answer answer, int status, String problem) {
        assertThat(answer.type()).isEqualTo("/problems/" + problem);
        assertThat(answer.status()).isEqualTo(status);
    }
}
