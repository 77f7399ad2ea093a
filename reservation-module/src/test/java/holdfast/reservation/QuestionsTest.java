package holdfast.reservation;

import static holdfast.catalogue.Phrase.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.InformationQuestion;
import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.ResourceTypeId;
import holdfast.catalogue.ScreeningQuestion;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantSettings;
import holdfast.reservation.CustomerDetails.InformationAnswer;
import holdfast.reservation.CustomerDetails.ScreeningAnswer;
import holdfast.reservation.ReservationRefusal.AnswerMissing;
import holdfast.reservation.ReservationRefusal.AnswerWithoutQuestion;
import holdfast.reservation.ReservationRefusal.DateOfBirthMissing;
import holdfast.reservation.ReservationRefusal.Flaw;
import holdfast.reservation.ReservationRefusal.ScreeningDenied;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Which answers will do. */
class QuestionsTest {

    private static final LocalizedText AGE = text("Wie alt?", "How old?");
    private static final LocalizedText REMARKS = text("Wünsche?", "Wishes?");
    private static final LocalizedText LIVES_HERE = text("Wohnen Sie hier?", "Do you live here?");
    private static final LocalizedText GO_HOME = text("Nur für Hiesige.", "For locals only.");
    private static final LocalizedText INFECTED = text("Entzündet?", "Infected?");
    private static final LocalizedText HEAL = text("Erst heilen.", "Heal first.");

    private static final Service LENSES =
            service(
                    "lenses",
                    List.of(
                            new InformationQuestion("age", true, AGE, null),
                            new InformationQuestion(null, false, REMARKS, null)),
                    List.of(
                            new ScreeningQuestion("here", true, LIVES_HERE, null, GO_HOME),
                            new ScreeningQuestion("ill", false, INFECTED, null, HEAL)));

    private static final TenantSettings STRICT =
            new TenantSettings(null, null, true, null, null, null, null, true, null, null, null);

    private static LocalizedText text(String german, String english) {
        return new LocalizedText(Map.of("de_DE", german, "en_GB", english));
    }

    private static Service service(
            String id, List<InformationQuestion> information, List<ScreeningQuestion> screening) {
        return new Service(
                ServiceId.of(id),
                null,
                text(id, id),
                null,
                null,
                30,
                null,
                null,
                null,
                null,
                null,
                1,
                true,
                List.of(ResourceTypeId.of("room")),
                false,
                information,
                screening,
                List.of());
    }

    private static InformationAnswer told(
            @Nullable String id, @Nullable String text, String answer) {
        return new InformationAnswer(id, text, answer);
    }

    private static ScreeningAnswer ticked(
            @Nullable String id, @Nullable String text, boolean answer) {
        return new ScreeningAnswer(id, text, answer);
    }

    private static CustomerDetails details(
            @Nullable LocalDate born,
            List<InformationAnswer> information,
            List<ScreeningAnswer> screening) {
        return new CustomerDetails(
                "ada1234567",
                "Ada",
                "Lovelace",
                "ada@example.org",
                null,
                born,
                information,
                screening);
    }

    private static List<Flaw> flaws(
            List<InformationAnswer> information, List<ScreeningAnswer> screening) {
        return Questions.of(List.of(LENSES))
                .flawsOf(details(null, information, screening), TenantSettings.USUAL);
    }

    private static List<Flaw> flaws(InformationAnswer... information) {
        return flaws(List.of(information), List.of());
    }

    private static List<Flaw> flaws(ScreeningAnswer... screening) {
        return flaws(List.of(told("age", null, "7")), List.of(screening));
    }

    @Test
    void a_question_is_named_by_its_id_or_by_its_text_in_any_language() {
        assertThat(flaws(told("age", null, "7"))).isEmpty();
        assertThat(flaws(told(null, "How old?", "7"))).isEmpty();
        assertThat(flaws(told(null, "Wie alt?", "7"), told(null, "Wishes?", "none"))).isEmpty();
        // u and its dots as two characters
        assertThat(flaws(told("age", null, "7"), told(null, "Wu\u0308nsche?", ""))).isEmpty();
        // the id goes before the text, and the text helps where nobody knows the id
        assertThat(flaws(told("age", "Wishes?", "7"))).isEmpty();
        assertThat(flaws(told("alter", "How old?", "7"))).isEmpty();
        assertThat(flaws(ticked(null, "Wohnen Sie hier?", true), ticked("ill", null, false)))
                .isEmpty();
    }

    @Test
    void a_required_question_must_be_answered_with_something() {
        assertThat(flaws(new InformationAnswer[0]))
                .containsExactly(new AnswerMissing("/informationQuestions", AGE));
        assertThat(flaws(told(null, "Wishes?", "none"), told("age", null, " \t")))
                .containsExactly(new AnswerMissing("/informationQuestions/1/answer", AGE));
    }

    @Test
    void an_answer_belongs_to_one_question_that_is_asked() {
        assertThat(
                        flaws(
                                told("age", null, "7"),
                                told("size", null, "7"),
                                told(null, "how old?", "7"),
                                told(null, null, "7"),
                                told(null, "How old?", "8")))
                .containsExactly(
                        new AnswerWithoutQuestion(
                                "/informationQuestions/1",
                                phrase("names a question that is not asked")),
                        new AnswerWithoutQuestion(
                                "/informationQuestions/2",
                                phrase("names a question that is not asked")),
                        new AnswerWithoutQuestion(
                                "/informationQuestions/3",
                                phrase("names no question: it needs an id or a questionText")),
                        new AnswerWithoutQuestion(
                                "/informationQuestions/4",
                                phrase("answers a question for the second time")));
        assertThat(flaws(ticked("ill", null, false), ticked("age", null, true)))
                .containsExactly(
                        new AnswerWithoutQuestion(
                                "/screeningQuestions/1",
                                phrase("names a question that is not asked")));
    }

    @Test
    void a_wrong_answer_is_denied_with_the_tenants_words() {
        assertThat(flaws(ticked("here", null, false), ticked("ill", null, true)))
                .containsExactly(
                        new ScreeningDenied("/screeningQuestions/0/answer", GO_HOME),
                        new ScreeningDenied("/screeningQuestions/1/answer", HEAL));
        // saying yes first and no later is no way round
        assertThat(flaws(ticked("here", null, true), ticked("here", null, false)))
                .contains(new ScreeningDenied("/screeningQuestions/1/answer", GO_HOME));
    }

    @Test
    void screening_is_left_to_the_caller_unless_the_tenant_asks_for_it() {
        var unscreened = details(LocalDate.EPOCH, List.of(told("age", null, "7")), List.of());
        var questions = Questions.of(List.of(LENSES));

        assertThat(questions.flawsOf(unscreened, TenantSettings.USUAL)).isEmpty();
        assertThat(questions.flawsOf(unscreened, STRICT))
                .containsExactly(
                        new AnswerMissing("/screeningQuestions", LIVES_HERE),
                        new AnswerMissing("/screeningQuestions", INFECTED));
    }

    @Test
    void all_flaws_are_found_at_once_and_a_denial_comes_first() {
        var poor =
                details(
                        null,
                        List.of(told("size", null, "7")),
                        List.of(ticked("here", null, false)));

        assertThat(Questions.of(List.of(LENSES)).flawsOf(poor, STRICT))
                .containsExactly(
                        new ScreeningDenied("/screeningQuestions/0/answer", GO_HOME),
                        new DateOfBirthMissing(),
                        new AnswerMissing("/informationQuestions", AGE),
                        new AnswerMissing("/screeningQuestions", INFECTED),
                        new AnswerWithoutQuestion(
                                "/informationQuestions/0",
                                phrase("names a question that is not asked")));
    }

    @Test
    void what_two_services_ask_is_answered_once() {
        var check =
                service(
                        "check",
                        List.of(
                                new InformationQuestion("age", true, AGE, null),
                                new InformationQuestion("alter", true, AGE, null),
                                new InformationQuestion(
                                        "size", true, text("Wie groß?", "How tall?"), null)),
                        List.of());
        var visit = Questions.of(List.of(LENSES, check));

        assertThat(
                        visit.flawsOf(
                                details(
                                        null,
                                        List.of(
                                                told(null, "How old?", "7"),
                                                told("size", null, "1.2 m")),
                                        List.of()),
                                TenantSettings.USUAL))
                .isEmpty();
    }

    @Test
    void where_nothing_is_asked_nothing_is_answered() {
        var none = Questions.of(List.of(service("walk", List.of(), List.of())));

        assertThat(none.flawsOf(details(null, List.of(), List.of()), TenantSettings.USUAL))
                .isEmpty();
        assertThat(
                        none.flawsOf(
                                details(null, List.of(told("age", null, "7")), List.of()),
                                TenantSettings.USUAL))
                .hasSize(1);
    }
}
