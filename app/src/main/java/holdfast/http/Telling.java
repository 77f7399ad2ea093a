package holdfast.http;

import holdfast.catalogue.CatalogueKind;
import holdfast.catalogue.CatalogueRefusal.EntryStillNeeded.Need;
import holdfast.catalogue.Fault;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Phrase;
import holdfast.catalogue.Problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells problems in a language. The words are in {@code texts/}, one file a language, by their
 * English template; what is missing there is told in English.
 *
 * @param language as the tenant or the standard spells it
 * @param otherwise the language of a tenant's own texts that are not there in {@code language}
 */
public record Telling(LanguageTag language, LanguageTag otherwise) {

    private static final String ENGLISH = "en";

    private static final Map<String, Map<String, String>> WORDS = read();

    /** Told in a language without words, a problem is told in English. */
    private boolean hasWords() {
        return WORDS.containsKey(language.locale().getLanguage());
    }

    /** The language the problem is told in, as of BCP 47. */
    String tag() {
        return hasWords() ? language.locale().toLanguageTag() : ENGLISH;
    }

    private String translated(String template) {
        return words(language.locale().getLanguage()).getOrDefault(template, template);
    }

    /** The translations into a language, by their templates; empty if it has none. */
    static Map<String, String> words(String language) {
        return WORDS.getOrDefault(language, Map.of());
    }

    private String said(Phrase phrase) {
        return phrase.in(language, otherwise, this::translated);
    }

    /** The same problem with its texts in the language. */
    public ProblemDetail told(ProblemDetail problem) {
        var told = ProblemDetail.forStatus(problem.getStatus());
        told.setType(problem.getType());
        told.setTitle(problem.getTitle() == null ? null : translated(problem.getTitle()));
        told.setDetail(
                problem instanceof Problem phrased ? said(phrased.detail()) : problem.getDetail());
        told.setInstance(problem.getInstance());
        if (problem.getProperties() != null) {
            problem.getProperties().forEach((name, value) -> told.setProperty(name, told(value)));
        }
        return told;
    }

    private @Nullable Object told(@Nullable Object value) {
        return switch (value) {
            case Phrase phrase -> said(phrase);
            case Fault(var pointer, var detail) -> new ToldFault(pointer, said(detail));
            case Need(var kind, var id, var detail) -> new ToldNeed(kind, id, said(detail));
            case List<?> several -> several.stream().map(this::told).toList();
            case null, default -> value;
        };
    }

    private record ToldFault(String pointer, String detail) {}

    private record ToldNeed(CatalogueKind kind, String id, String detail) {}

    private static Map<String, Map<String, String>> read() {
        var words = new HashMap<String, Map<String, String>>();
        words.put(ENGLISH, Map.of());
        for (var language : List.of("de", "fr", "nl", "it", "es")) {
            words.put(language, read(language + ".json"));
        }
        return Map.copyOf(words);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> read(String file) {
        try (InputStream json = Telling.class.getResourceAsStream("texts/" + file)) {
            return Map.copyOf(new JsonMapper().readValue(json, Map.class));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
