package holdfast.http;

import static java.util.Comparator.comparing;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Tenant;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the language to answer in.
 *
 * <p>Clients write {@code nl_NL}, {@code nl-NL}, {@code nl}, {@code en_UK} for British English and
 * {@code ES_es}, in any case, alone or in a list with weights. What cannot be understood is passed
 * over: a wish for a language is no reason to refuse a request.
 */
public final class Languages {

    /** What an answer in a tenant's languages depends on. */
    static final String VARY = "Accept-Language, X-TENANT-ID, Authorization";

    /** The languages that have words of our own, the default first. */
    private static final List<LanguageTag> USUAL =
            Stream.of("en-GB", "en-US", "fr", "nl", "de", "it", "es").map(LanguageTag::of).toList();

    private static final String ANY = "*";

    private Languages() {}

    /** One wish of an {@code Accept-Language} list: language and region in lower case. */
    private record Wish(String language, @Nullable String region, double weight) {

        static @Nullable Wish parse(String element) {
            var parts = element.strip().split("\\s*;\\s*", -1);
            var weight = weight(parts);
            var subtags = parts[0].toLowerCase(Locale.ROOT).split("[-_]", -1);
            if (weight < 0 || !subtags[0].matches("[a-z]{2,8}|\\*")) {
                return null;
            }
            // a script may stand between the two: zh-Hant-TW
            var region =
                    Arrays.stream(subtags)
                            .skip(1)
                            .filter(subtag -> subtag.matches("[a-z]{2}|\\d{3}"))
                            .findFirst()
                            .map(subtag -> subtag.equals("uk") ? "gb" : subtag)
                            .orElse(null);
            return new Wish(subtags[0], region, weight);
        }

        private static double weight(String[] parts) {
            if (parts.length == 1) {
                return 1;
            }
            return parts.length == 2 && parts[1].matches("[qQ]\\s*=\\s*(0(\\.\\d*)?|1(\\.0*)?)")
                    ? Double.parseDouble(parts[1].substring(parts[1].indexOf('=') + 1).strip())
                    : -1;
        }

        boolean isExactly(Locale locale) {
            return speaks(locale)
                    && locale.getCountry()
                            .toLowerCase(Locale.ROOT)
                            .equals(region == null ? "" : region);
        }

        boolean speaks(Locale locale) {
            return locale.getLanguage().equals(language);
        }

        boolean excludes(Locale locale) {
            return weight == 0 && (region == null ? speaks(locale) : isExactly(locale));
        }
    }

    /**
     * The best of the tenant's languages: the most wanted language that the tenant has, in the
     * wanted region if it has that, else in none, else in any. Without a match, the tenant's
     * default.
     *
     * @param accepted the values of {@code Accept-Language}; empty if there is none
     */
    static LanguageTag best(List<String> accepted, Tenant tenant) {
        return best(accepted, tenant.languages(), tenant.defaultLanguage());
    }

    /**
     * In what to tell the sender of a request what is wrong with it: one of the tenant's languages,
     * as in any answer, or one of the {@link #USUAL} where no tenant is named.
     */
    public static Telling ofProblems(HttpServletRequest request) {
        var accepted = Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE));
        return CallContext.catalogueNamedBy(request)
                .map(Catalogue::tenant)
                .map(tenant -> new Telling(best(accepted, tenant), tenant.defaultLanguage()))
                .orElseGet(() -> ofProblems(accepted));
    }

    /** The same where nothing is known of the request but its wishes. */
    static Telling ofProblems(List<String> accepted) {
        return new Telling(best(accepted, USUAL, USUAL.getFirst()), USUAL.getFirst());
    }

    /**
     * The same among some languages.
     *
     * @param usual without a match; also where the best match is any language
     */
    public static LanguageTag best(
            List<String> accepted, List<LanguageTag> languages, LanguageTag usual) {
        var wishes = new ArrayList<Wish>();
        for (var element : String.join(",", accepted).split(",", -1)) {
            var wish = Wish.parse(element);
            if (wish != null) {
                wishes.add(wish);
            }
        }
        wishes.sort((one, other) -> Double.compare(other.weight(), one.weight()));
        var offered =
                languages.stream()
                        .filter(tag -> wishes.stream().noneMatch(w -> w.excludes(tag.locale())))
                        .toList();
        for (var wish : wishes) {
            if (wish.weight() > 0) {
                var match = match(wish, offered, usual);
                if (match != null) {
                    return match;
                }
            }
        }
        return usual;
    }

    private static @Nullable LanguageTag match(
            Wish wish, List<LanguageTag> offered, LanguageTag usual) {
        if (wish.language().equals(ANY)) {
            return offered.stream()
                    .filter(usual::isSameAs)
                    .findFirst()
                    .orElse(offered.isEmpty() ? null : offered.getFirst());
        }
        return offered.stream()
                .filter(tag -> wish.isExactly(tag.locale()))
                .findFirst()
                .or(() -> anyRegion(wish, offered))
                .orElse(null);
    }

    // one without a region before those with one
    private static Optional<LanguageTag> anyRegion(Wish wish, List<LanguageTag> offered) {
        return offered.stream()
                .filter(tag -> wish.speaks(tag.locale()))
                .min(comparing(tag -> !tag.locale().getCountry().isEmpty()));
    }
}
