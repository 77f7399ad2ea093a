package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/**
 * A language as an author or a client wrote it: {@code de_DE}, {@code nl-NL}, {@code nl}, and the
 * field's odd spellings {@code en_UK} and {@code ES_es}. The spelling is kept; {@link #locale()} is
 * what it means.
 */
public record LanguageTag(@JsonValue String text) {

    @JsonCreator
    public static LanguageTag of(String text) {
        return new LanguageTag(text);
    }

    /** The language meant, as of BCP 47; {@code en_UK} is {@code en-GB}. */
    public Locale locale() {
        var parts = text.replace('_', '-').split("-", -1);
        var language = parts[0].toLowerCase(Locale.ROOT);
        if (parts.length == 1) {
            return Locale.of(language);
        }
        var region = parts[1].toUpperCase(Locale.ROOT);
        return Locale.of(language, region.equals("UK") ? "GB" : region);
    }

    /** Whether both mean the same language and region, however they are spelled. */
    public boolean isSameAs(LanguageTag other) {
        return text.equals(other.text) || locale().equals(other.locale());
    }

    /** Whether both mean the same language, wherever it is spoken. */
    boolean speaksLike(LanguageTag other) {
        return locale().getLanguage().equals(other.locale().getLanguage());
    }

    @Override
    public String toString() {
        return text;
    }
}
