package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A text in several languages, in the order the author gave them.
 *
 * @param texts language tag as the author wrote it ({@code de_DE}) to text
 */
public record LocalizedText(@JsonValue Map<String, String> texts) {

    public static final LocalizedText NONE = new LocalizedText(Map.of());

    public LocalizedText {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    @JsonCreator
    public static LocalizedText of(Map<String, String> texts) {
        return new LocalizedText(texts);
    }

    /**
     * The text in the language asked for, or else in the same language as another region has it;
     * without one there, in the other; without that too, the first there is; empty if there is none
     * at all.
     */
    public String in(LanguageTag language, LanguageTag otherwise) {
        var asked = find(language);
        if (asked != null) {
            return asked;
        }
        var fallback = find(otherwise);
        if (fallback != null) {
            return fallback;
        }
        return texts.isEmpty() ? "" : texts.values().iterator().next();
    }

    private @Nullable String find(LanguageTag language) {
        var exact = texts.get(language.text());
        if (exact != null) {
            return exact;
        }
        for (var entry : texts.entrySet()) {
            if (LanguageTag.of(entry.getKey()).isSameAs(language)) {
                return entry.getValue();
            }
        }
        for (var entry : texts.entrySet()) {
            if (LanguageTag.of(entry.getKey()).speaksLike(language)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
