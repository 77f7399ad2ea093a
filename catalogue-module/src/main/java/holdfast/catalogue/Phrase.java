package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A text for people before it is said in a language.
 *
 * @param template in English, with places as of {@link java.util.Formatter}; translations are found
 *     by it
 * @param arguments what the places are filled with; phrases, dates and times are said in the
 *     language, too, and of a text in several languages the one is taken that fits
 */
public record Phrase(String template, List<Object> arguments) {

    private static final LanguageTag ENGLISH = LanguageTag.of("en-GB");

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT);

    public Phrase {
        arguments = List.copyOf(arguments);
    }

    /** Its template is written out where this is called: so all there are can be found. */
    @FormatMethod
    public static Phrase phrase(@FormatString String template, Object... arguments) {
        return new Phrase(template, List.of(arguments));
    }

    /** A text that somebody wrote in several languages. */
    public static Phrase phrase(LocalizedText text) {
        return phrase("%s", text);
    }

    /**
     * @param otherwise the language of texts that are not there in the one asked for
     * @param translation of a template; the same places in any order
     */
    public String in(
            LanguageTag language, LanguageTag otherwise, UnaryOperator<String> translation) {
        return String.format(
                Locale.ROOT,
                translation.apply(template),
                arguments.stream()
                        .map(argument -> said(argument, language, otherwise, translation))
                        .toArray());
    }

    private static Object said(
            Object argument,
            LanguageTag language,
            LanguageTag otherwise,
            UnaryOperator<String> translation) {
        return switch (argument) {
            case Phrase part -> part.in(language, otherwise, translation);
            case LocalizedText text -> text.in(language, otherwise);
            case LocalDate date -> DATE.localizedBy(language.locale()).format(date);
            case OffsetDateTime time -> TIME.localizedBy(language.locale()).format(time);
            default -> argument;
        };
    }

    /** In English. */
    @Override
    @JsonValue
    public String toString() {
        return in(ENGLISH, ENGLISH, UnaryOperator.identity());
    }
}
