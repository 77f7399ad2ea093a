package holdfast.catalogue;

import static holdfast.catalogue.Phrase.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.UnaryOperator;

class PhraseTest {

    private static final LanguageTag GERMAN = LanguageTag.of("de_DE");
    private static final LanguageTag ENGLISH = LanguageTag.of("en_GB");

    private static String said(Phrase phrase, LanguageTag language, Map<String, String> words) {
        return phrase.in(language, GERMAN, template -> words.getOrDefault(template, template));
    }

    @Test
    void a_translation_has_the_arguments_where_it_wants_them() {
        var phrase = phrase("No %s has the id %s", phrase("branch"), "b%s");
        assertThat(phrase).hasToString("No branch has the id b%s");
        assertThat(
                        said(
                                phrase,
                                GERMAN,
                                Map.of(
                                        "No %s has the id %s", "%2$s: gibt es nicht als %1$s",
                                        "branch", "Standort")))
                .isEqualTo("b%s: gibt es nicht als Standort");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de_DE | 5. März 2026       | 09:30",
                "en_UK | 5 March 2026       | 09:30",
                "ES_es | 5 de marzo de 2026 | 9:30",
            })
    void days_and_times_are_said_as_people_write_them(String language, String day, String time) {
        var phrase =
                phrase(
                        "%s; %s",
                        LocalDate.of(2026, 3, 5), OffsetDateTime.parse("2026-03-05T09:30+01:00"));
        assertThat(said(phrase, LanguageTag.of(language), Map.of()))
                .startsWith(day + "; " + day)
                .endsWith(time);
    }

    @Test
    void the_tenants_own_words_are_taken_in_the_language_that_fits() {
        var text = LocalizedText.of(Map.of("de_DE", "Wozu?", "en_US", "What for?"));
        assertThat(said(phrase("must answer: %s", text), ENGLISH, Map.of()))
                .isEqualTo("must answer: What for?");
        assertThat(said(phrase(text), LanguageTag.of("fr"), Map.of())).isEqualTo("Wozu?");
        assertThat(said(phrase(text), LanguageTag.of("de_AT"), Map.of())).isEqualTo("Wozu?");
    }

    @Test
    void percent_signs_of_others_are_theirs() {
        assertThat(phrase("%s", "100 %d").in(ENGLISH, GERMAN, UnaryOperator.identity()))
                .isEqualTo("100 %d");
    }
}
