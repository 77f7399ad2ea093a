package holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whatever the program says to people, it can say in every language that it has words in. */
class TranslationsTest {

    private static final Pattern PLACE = Pattern.compile("%(?:(\\d+)\\$)?([a-zA-Z%])");

    private static SortedSet<String> phrases = new TreeSet<>();

    @BeforeAll
    static void readTheSources() throws IOException {
        phrases = Phrases.all();
    }

    @Test
    void the_sources_are_really_read() {
        assertThat(phrases)
                .contains(
                        "The slot is taken",
                        "Somebody else was faster. The nearest free slots are named.",
                        "must be %s, not %s",
                        "an integer",
                        "must be 10 to 48 letters and digits",
                        "No %s has the id %s",
                        "resource pool",
                        "a reservation id",
                        "An id has 1 to %d visible characters: \"%s\"",
                        "Nothing happened. At most %d of these a second are taken from one"
                                + " caller.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "nl", "it", "es"})
    void everything_is_translated(String language) {
        var missing = new TreeSet<>(phrases);
        missing.removeAll(Telling.words(language).keySet());
        assertThat(missing).as("not in texts/%s.json", language).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "nl", "it", "es"})
    void nothing_is_translated_that_nobody_says(String language) {
        assertThat(phrases).containsAll(Telling.words(language).keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "nl", "it", "es"})
    void a_translation_has_the_places_of_its_template(String language) {
        assertThat(Telling.words(language))
                .allSatisfy(
                        (template, translation) ->
                                assertThat(placesOf(translation))
                                        .as(template)
                                        .isEqualTo(placesOf(template)));
    }

    @Test
    void places_may_change_their_order_but_not_their_kind() {
        assertThat(placesOf("%2$s, %1$d")).isEqualTo(placesOf("%d: %s")).hasSize(2);
        assertThat(placesOf("%s, %d")).isNotEqualTo(placesOf("%d: %s"));
        assertThat(placesOf("%s %s")).isNotEqualTo(placesOf("%s"));
    }

    /** What is put in, by its number among the arguments. */
    private static List<String> placesOf(String template) {
        var places = new TreeMap<Integer, String>();
        var place = PLACE.matcher(template);
        int next = 1;
        while (place.find()) {
            if (!place.group(2).equals("%")) {
                int number = place.group(1) == null ? next++ : Integer.parseInt(place.group(1));
                places.put(number, place.group(2));
            }
        }
        return places.entrySet().stream().map(Object::toString).toList();
    }
}
