package holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Tenant;
import holdfast.catalogue.TenantId;
import holdfast.catalogue.TenantSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

class LanguagesTest {

    private static Tenant aTenantSpeaking(String languages) {
        var tags = Arrays.stream(languages.split(" ")).map(LanguageTag::of).toList();
        return new Tenant(
                TenantId.of("t"),
                "T",
                ZoneId.of("Europe/Berlin"),
                tags,
                tags.getFirst(),
                TenantSettings.USUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the tenant's languages, default first | Accept-Language              | answered
                // in
                "de_DE en_GB nl_NL         | nl_NL                                      | nl_NL",
                "de_DE en_GB nl_NL         | nl-NL                                      | nl_NL",
                "de_DE en_GB nl_NL         | nl                                         | nl_NL",
                "de_DE en_GB nl_NL         | NL                                         | nl_NL",
                "de_DE en_GB nl_NL         | NL_nl                                      | nl_NL",
                "de_DE en_GB nl_NL         | nl-BE                                      | nl_NL",
                "de_DE en_GB nl_NL         | en_UK                                      | en_GB",
                "de_DE en_UK nl_NL         | en-gb                                      | en_UK",
                "de_DE es_ES               | ES_es                                      | es_ES",
                "de_DE ES_es               | es-es                                      | ES_es",
                "de_DE en_GB nl_NL         | fr                                         | de_DE",
                "de_DE en_GB nl_NL         | fr, en;q=0.5, nl;q=0.7                     | nl_NL",
                "de_DE en_GB nl_NL         | en;q=0.5,nl;q=0.5                          | en_GB",
                "de_DE en_GB nl_NL         | en-US,en;q=0.9,de;q=0.8                    | en_GB",
                "de_DE en_GB nl_NL         | *                                          | de_DE",
                "de_DE en_GB nl_NL         | fr, *;q=0.1                                | de_DE",
                "de_DE en_GB nl_NL         | nl;q=0                                     | de_DE",
                "de_DE en_GB nl_NL         | de;q=0, *                                  | en_GB",
                "de_DE en_GB nl_NL         | en;q=1.5, nl                               | nl_NL",
                "de_DE en_GB nl_NL         | en;q=x, nl;q=0.1                           | nl_NL",
                "de_DE en_GB nl_NL         | en ; q=0.2 , nl ; Q=0.9                    | nl_NL",
                "de_DE en_GB nl_NL         | ;;;,,,%%%                                  | de_DE",
                "de_DE en_GB nl_NL         | ''                                         | de_DE",
                "de_DE en_GB nl_NL         | undefined                                  | de_DE",
                "de_DE en_US en_GB en      | en-AU                                      | en",
                "de_DE en_US en_GB         | en-GB                                      | en_GB",
                "de_DE en_US en_GB         | en                                         | en_US",
                "de_DE zh_TW zh_CN         | zh-Hant-TW                                 | zh_TW",
                "de_DE zh_TW zh_CN         | zh-Hans-CN                                 | zh_CN",
                "de_DE es_ES es_419        | es-419                                     | es_419",
            })
    void the_best_match_wins_else_the_default(String offered, String accepted, String answered) {
        assertThat(Languages.best(List.of(accepted), aTenantSpeaking(offered)))
                .isEqualTo(LanguageTag.of(answered));
    }

    @Test
    void without_the_header_the_default_is_meant() {
        assertThat(Languages.best(List.of(), aTenantSpeaking("de_DE en_GB")))
                .isEqualTo(LanguageTag.of("de_DE"));
    }

    @ParameterizedTest
    @CsvSource({
        "en_US, en_US",
        "en_UK, en_UK",
        "fr_FR, fr_FR",
        "nl_NL, nl_NL",
        "de_DE, de_DE",
        "it_IT, it_IT",
        "ES_es, ES_es",
        "en-US, en_US",
        "en-GB, en_UK",
        "fr, fr_FR",
        "NL, nl_NL",
        "de, de_DE",
        "it-it, it_IT",
        "es, ES_es",
        "es_ES, ES_es",
        "EN_uk, en_UK",
        "en, en_US"
    })
    void each_spelling_of_the_field_is_understood(String accepted, String answered) {
        var all = "nl_NL en_US en_UK fr_FR de_DE it_IT ES_es";
        assertThat(Languages.best(List.of(accepted), aTenantSpeaking(all)))
                .isEqualTo(LanguageTag.of(answered));
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(Languages.best(List.of("fr", "nl"), aTenantSpeaking("de_DE nl_NL")))
                .isEqualTo(LanguageTag.of("nl_NL"));
    }
}
