package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.hold;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.joining;

import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** The hall asks before it advises: some of it must be answered, and some answers speak against. */
class AnsweringQuestionsTest {

    private static final List<String> TAGS =
            List.of("en_US", "en_UK", "fr_FR", "nl_NL", "de_DE", "it_IT", "ES_es");

    private static final TestDatabase DATABASE = TestDatabase.fresh();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @SuppressWarnings("NullAway.Init")
    private static Caller visitor;

    @SuppressWarnings("NullAway.Init")
    private static Caller strict;

    @SuppressWarnings("NullAway.Init")
    private static Caller world;

    private static String heldInTheWorld = "";

    @BeforeAll
    static void aCity() {
        node = Nodes.start(DATABASE);
        visitor = asking("city", "");
        strict = asking("strict", "\"screeningRequired\": true, \"dateOfBirthRequired\": true, ");
        world = speakingAllLanguages();
        heldInTheWorld = hold(world, ADVICE, aSlot(world, ADVICE, 3));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Caller asking(String tenant, String settings) {
        var caller = City.found(node.url(), tenant, "PT15M");
        var catalogue =
                City.catalogue(tenant, "PT15M")
                        .replace("\"settings\": {", "\"settings\": {" + settings)
                        .replace(
                                "{\"id\": \"advice\",",
                                """
                                {"id": "advice",
                                 "informationQuestions": [
                                   {"id": "matter", "required": true,
                                    "questionText": {"de_DE": "Worum geht es?", "en_US": "What is it about?"}},
                                   {"required": false, "questionText": {"de_DE": "Noch etwas?", "en_US": "Anything else?"}}],
                                 "screeningQuestions": [
                                   {"id": "resident", "yesRequiredAnswer": true,
                                    "questionText": {"de_DE": "Wohnen Sie hier?", "en_US": "Do you live here?"},
                                    "answerDeniedMessage": {"de_DE": "Wir beraten Hiesige.", "en_US": "We advise residents."}},
                                   {"id": "lawyer", "yesRequiredAnswer": false,
                                    "questionText": {"de_DE": "Gibt es einen Anwalt?", "en_US": "Is there a lawyer?"},
                                    "answerDeniedMessage": {"de_DE": "Fragen Sie den.", "en_US": "Ask them."}}],\
                                """);
        var applied = Caller.operator(node.url()).of(tenant).put("/admin/v1/catalogue", catalogue);
        assertThat(applied.status()).as("%s", applied.body()).isEqualTo(200);
        return caller;
    }

    /** A tenant that writes its texts in all the languages there are words in. */
    private static Caller speakingAllLanguages() {
        var caller = City.found(node.url(), "world", "PT15M");
        var catalogue =
                City.catalogue("world", "PT15M")
                        .replace(
                                "\"languages\": [\"de_DE\", \"en_US\"]",
                                "\"languages\": [\"%s\"]".formatted(String.join("\", \"", TAGS)))
                        .replace(
                                "{\"de_DE\": \"Beratung\", \"en_US\": \"Advice\"}",
                                inAllLanguages("Advice"))
                        .replace(
                                "{\"id\": \"advice\",",
                                """
                                {"id": "advice",
                                 "informationQuestions": [{"required": true, "questionText": %s, "clarificationText": %s}],\
                                """
                                        .formatted(
                                                inAllLanguages("Why"), inAllLanguages("So that")));
        var applied = Caller.operator(node.url()).of("world").put("/admin/v1/catalogue", catalogue);
        assertThat(applied.status()).as("%s", applied.body()).isEqualTo(200);
        return caller;
    }

    private static String inAllLanguages(String text) {
        return TAGS.stream()
                .map(tag -> "\"%s\": \"%s in %s\"".formatted(tag, text, tag))
                .collect(joining(", ", "{", "}"));
    }

    private static String person(String answers) {
        return """
        {"personalIdentifier": "ada1234567", "firstName": "Ada", "lastName": "Lovelace",
         "email": "ada@example.org", %s}
        """
                .formatted(answers);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static long events() {
        return DATABASE.sql()
                .sql("select count(*) from domain_event_entry")
                .query(Long.class)
                .single();
    }

    @Test
    void answers_come_back_with_their_questions_in_the_readers_language() {
        var path = "/external/v1/reservations/" + hold(visitor, ADVICE, aSlot(visitor, ADVICE, 3));
        var confirmed =
                visitor.put(
                        path,
                        person(
                                """
                                "informationQuestions": [
                                  {"questionText": "Noch etwas?", "answer": "Ein Kind kommt mit"},
                                  {"id": "matter", "answer": "Taxes"}],
                                "screeningQuestions": [
                                  {"id": "resident", "answer": true},
                                  {"questionText": "Is there a lawyer?", "answer": false}]
                                """));
        assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(201);
        assertThat(confirmed.body().path("informationQuestions"))
                .isEqualTo(
                        json(
                                """
                                [{"questionText": "Anything else?", "answer": "Ein Kind kommt mit"},
                                 {"id": "matter", "questionText": "What is it about?", "answer": "Taxes"}]
                                """));
        var id = confirmed.body().path("appointmentId").asString();
        var german = visitor.speaking("de").get("/external/v1/appointments/" + id);
        assertThat(german.body().path("informationQuestions").findValuesAsString("questionText"))
                .containsExactly("Noch etwas?", "Worum geht es?");
    }

    @Test
    void a_wrong_answer_is_refused_in_the_tenants_words_and_the_visitors_language() {
        var path = "/reservations/" + hold(visitor, ADVICE, aSlot(visitor, ADVICE, 4));
        var wrong =
                person(
                        """
                        "informationQuestions": [{"id": "matter", "answer": "Taxes"}],
                        "screeningQuestions": [{"id": "resident", "answer": false}, {"id": "lawyer", "answer": true}]
                        """);
        var before = events();
        var denied = visitor.put(path, wrong);
        assertThat(denied.status()).isEqualTo(422);
        assertThat(denied.type()).isEqualTo("/problems/screening-denied");
        assertThat(denied.body().path("answerDeniedMessage").asString())
                .isEqualTo("We advise residents.");
        assertThat(denied.body().path("errors"))
                .isEqualTo(
                        json(
                                """
                                [{"pointer": "/screeningQuestions/0/answer", "detail": "We advise residents."},
                                 {"pointer": "/screeningQuestions/1/answer", "detail": "Ask them."}]
                                """));
        var abgelehnt = visitor.speaking("de").put(path, wrong);
        assertThat(abgelehnt.body().path("answerDeniedMessage").asString())
                .isEqualTo("Wir beraten Hiesige.");
        assertThat(abgelehnt.body().path("detail").asString()).isEqualTo("Wir beraten Hiesige.");
        assertThat(events()).isEqualTo(before);

        // the hold goes on, and the visitor may think again
        var right = wrong.replace("false", "yes").replace("true", "false").replace("yes", "true");
        assertThat(visitor.put(path, right).status()).isEqualTo(201);
    }

    @Test
    void whatever_is_wrong_is_said_at_once() {
        var path = "/reservations/" + hold(strict, ADVICE, aSlot(strict, ADVICE, 5));
        var poor =
                strict.put(
                        path,
                        person(
                                """
                                "informationQuestions": [{"id": "weight", "answer": "80"}, {"answer": "x"}],
                                "screeningQuestions": [{"id": "resident", "answer": true}]
                                """));
        assertThat(poor.status()).isEqualTo(422);
        assertThat(poor.type()).isEqualTo("/problems/date-of-birth-missing");
        assertThat(poor.body().path("errors"))
                .isEqualTo(
                        json(
                                """
                                [{"pointer": "/dateOfBirth", "detail": "is required by this tenant"},
                                 {"pointer": "/informationQuestions", "detail": "must answer: What is it about?"},
                                 {"pointer": "/screeningQuestions", "detail": "must answer: Is there a lawyer?"},
                                 {"pointer": "/informationQuestions/0", "detail": "names a question that is not asked"},
                                 {"pointer": "/informationQuestions/1",
                                  "detail": "names no question: it needs an id or a questionText"}]
                                """));

        var silent = visitor.put("/reservations/" + held(6), person("\"phoneNumber\": 123"));
        assertThat(silent.status()).isEqualTo(422);
        assertThat(silent.type()).isEqualTo("/problems/answer-missing");
        var odd =
                visitor.put(
                        "/reservations/" + held(7),
                        person(
                                """
                                "informationQuestions": [{"id": "matter", "answer": "Taxes"}, {"id": "matter", "answer": "Dogs"}]
                                """));
        assertThat(odd.status()).isEqualTo(422);
        assertThat(odd.type()).isEqualTo("/problems/answer-without-question");
    }

    @ParameterizedTest
    @CsvSource({
        "en_US,          en_US, en-US, An answer is missing,      must answer: ",
        "EN-us,          en_US, en-US, An answer is missing,      must answer: ",
        "en_UK,          en_UK, en-GB, An answer is missing,      must answer: ",
        "en-GB,          en_UK, en-GB, An answer is missing,      must answer: ",
        "fr,             fr_FR, fr-FR, Il manque une réponse,     'doit répondre à\u00a0: '",
        "nl_NL,          nl_NL, nl-NL, Er ontbreekt een antwoord, moet beantwoorden: ",
        "nl-be,          nl_NL, nl-NL, Er ontbreekt een antwoord, moet beantwoorden: ",
        "de-AT,          de_DE, de-DE, Eine Antwort fehlt,        muss beantworten: ",
        "pl,             de_DE, de-DE, Eine Antwort fehlt,        muss beantworten: ",
        "it_IT,          it_IT, it-IT, Manca una risposta,        deve rispondere a: ",
        "ES_es,          ES_es, es-ES, Falta una respuesta,       debe responder a: ",
        "'pl, es;q=0.5', ES_es, es-ES, Falta una respuesta,       debe responder a: ",
    })
    void whatever_is_named_asked_or_refused_is_said_in_the_language_asked_for(
            String accepted, String tag, String told, String title, String prompt) {
        var guest = world.speaking(accepted);
        var services = guest.get("/services?serviceId=advice");
        assertThat(services.header("Content-Language")).isEqualTo(told);
        assertThat(services.header("Vary")).contains("Accept-Language");
        assertThat(services.body().at("/0/service/name").asString()).isEqualTo("Advice in " + tag);
        assertThat(services.body().at("/0/informationQuestions/0"))
                .isEqualTo(
                        json(
                                """
                                {"required": true, "questionText": "Why in %1$s", "clarificationText": "So that in %1$s"}
                                """
                                        .formatted(tag)));

        var refused =
                guest.put(
                        "/reservations/" + heldInTheWorld, person("\"informationQuestions\": []"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("Content-Language")).isEqualTo(told);
        assertThat(refused.header("Vary")).contains("Accept-Language");
        assertThat(refused.body().path("title").asString()).isEqualTo(title);
        assertThat(refused.body().at("/errors/0/detail").asString())
                .startsWith(prompt.strip())
                .endsWith("Why in " + tag);
    }

    @Test
    void an_answer_has_up_to_2048_characters() {
        var answer = "\"informationQuestions\": [{\"id\": \"matter\", \"answer\": \"%s\"}]";
        var path = "/reservations/" + held(9);
        var long2049 = visitor.put(path, person(answer.formatted("ä".repeat(2049))));
        assertThat(long2049.status()).isEqualTo(400);
        assertThat(long2049.type()).isEqualTo("/problems/malformed-body");
        assertThat(long2049.body().path("errors").findValuesAsString("pointer"))
                .containsExactly("/informationQuestions/0/answer");
        assertThat(visitor.put(path, person(answer.formatted("ä".repeat(2048)))).status())
                .isEqualTo(201);
    }

    @Test
    void the_date_of_birth_is_asked_for_where_the_tenant_wants_it() {
        var path = "/reservations/" + hold(strict, ADVICE, aSlot(strict, ADVICE, 6));
        var answers =
                """
                "informationQuestions": [{"questionText": "What is it about?", "answer": "Taxes"}],
                "screeningQuestions": [{"id": "resident", "answer": true}, {"id": "lawyer", "answer": false}]
                """;
        var unborn = strict.speaking("de").put(path, person(answers));
        assertThat(unborn.status()).isEqualTo(422);
        assertThat(unborn.type()).isEqualTo("/problems/date-of-birth-missing");
        assertThat(unborn.body().path("title").asString()).isEqualTo("Das Geburtsdatum fehlt");
        var born = person("\"dateOfBirth\": \"1815-12-10\", " + answers);
        assertThat(strict.put(path, born).status()).isEqualTo(201);

        var id = path.substring(path.lastIndexOf('/') + 1);
        var nameless =
                strict.put("/appointments/" + id + "/customer", City.person("ada1234567", "A"));
        assertThat(nameless.status()).isEqualTo(422);
        assertThat(nameless.type()).isEqualTo("/problems/date-of-birth-missing");
    }

    private static String held(int day) {
        return hold(visitor, ADVICE, aSlot(visitor, ADVICE, day));
    }
}
