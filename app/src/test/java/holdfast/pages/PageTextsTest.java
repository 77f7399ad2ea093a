package holdfast.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the pages say is there in every language. */
class PageTextsTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");

    private static Properties texts(String language) throws IOException {
        return textsIn("/holdfast/pages/", language);
    }

    private static Properties textsIn(String folder, String language) throws IOException {
        var texts = new Properties();
        var file =
                folder
                        + (language.isEmpty()
                                ? "texts.properties"
                                : "texts_" + language + ".properties");
        try (var in = Page.class.getResourceAsStream(file)) {
            texts.load(
                    new InputStreamReader(
                            Objects.requireNonNull(in, file), StandardCharsets.UTF_8));
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en_US", "de", "es", "fr", "it", "nl"})
    void each_language_has_each_text_with_the_same_to_fill_in(String language) throws IOException {
        var british = texts("");
        var translated = texts(language);
        assertThat(new TreeSet<>(translated.stringPropertyNames()))
                .isEqualTo(new TreeSet<>(british.stringPropertyNames()));
        for (var key : british.stringPropertyNames()) {
            var text = translated.getProperty(key);
            assertThat(text).as(key).isNotBlank();
            assertThat(text).as("%s: an apostrophe is ’, since ' quotes", key).doesNotContain("'");
            assertThat(gaps(text)).as(key).isEqualTo(gaps(british.getProperty(key)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/holdfast/staff/",
                "/holdfast/staff/figures/",
                "/holdfast/staff/audit/",
                "/holdfast/staff/catalogue/"
            })
    void the_pages_of_the_staff_say_the_same_in_german(String folder) throws IOException {
        var british = textsIn(folder, "");
        var german = textsIn(folder, "de");
        assertThat(new TreeSet<>(german.stringPropertyNames()))
                .isEqualTo(new TreeSet<>(british.stringPropertyNames()));
        for (var key : british.stringPropertyNames()) {
            assertThat(gaps(german.getProperty(key)))
                    .as(key)
                    .isEqualTo(gaps(british.getProperty(key)));
        }
    }

    private static TreeSet<String> gaps(String text) {
        return Pattern.compile("\\{\\d")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_text_that_a_template_asks_for_is_there() throws IOException {
        var known = texts("");
        known.putAll(textsIn("/holdfast/staff/", ""));
        known.putAll(textsIn("/holdfast/staff/figures/", ""));
        known.putAll(textsIn("/holdfast/staff/audit/", ""));
        known.putAll(textsIn("/holdfast/staff/catalogue/", ""));
        var asked = Pattern.compile("#\\{([a-zA-Z.-]+)[}(]");
        for (var template : templates()) {
            asked.matcher(Files.readString(template))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(
                            key ->
                                    assertThat(known)
                                            .as("%s in %s", key, template)
                                            .containsKey(key));
        }
    }

    @Test
    void no_template_has_script_or_style_in_it() throws IOException {
        for (var template : templates()) {
            assertThat(Files.readString(template))
                    .as("%s", template)
                    .doesNotContain("<style", " style=", "onclick", "th:utext", "hx-on")
                    .doesNotContainPattern("<script(?![^>]* (th:)?src=)");
        }
    }

    private static Iterable<Path> templates() throws IOException {
        try (var files = Files.walk(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }
}
