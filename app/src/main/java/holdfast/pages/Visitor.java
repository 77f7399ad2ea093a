package holdfast.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.Branch;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.TenantId;
import holdfast.http.Telling;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Who looks at a page: at whose, in which language, and how that language writes things. */
final class Visitor {

    private final Catalogue catalogue;
    private final LanguageTag language;
    private final @Nullable String chosen;
    private final String here;

    Visitor(Catalogue catalogue, LanguageTag language, HttpServletRequest request) {
        this.catalogue = catalogue;
        this.language = language;
        this.chosen = request.getParameter(Page.Language.PARAMETER) == null ? null : tag(language);
        this.here = Page.Language.here(request);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    TenantId tenant() {
        return catalogue.tenant().id();
    }

    LanguageTag language() {
        return language;
    }

    Locale locale() {
        return language.locale();
    }

    /** How problems are told to the visitor. */
    Telling telling() {
        return new Telling(language, catalogue.tenant().defaultLanguage());
    }

    String text(LocalizedText text) {
        return text.in(language, catalogue.tenant().defaultLanguage());
    }

    @Nullable String textOrNull(@Nullable LocalizedText text) {
        return text == null || text.texts().isEmpty() ? null : text(text);
    }

    /** Such as {@code 14:30} or {@code 2:30 PM}. */
    String time(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale())
                .format(instant.atZone(zone));
    }

    /** With the day of the week and the year. */
    String date(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(locale())
                .format(date);
    }

    String dateAndTime(Instant instant, ZoneId zone) {
        return date(LocalDate.ofInstant(instant, zone)) + ", " + time(instant, zone);
    }

    /** Such as "Central European Time", with the place that the branch's zone is named after. */
    String zone(ZoneId zone) {
        return zone.getDisplayName(TextStyle.FULL_STANDALONE, locale());
    }

    /** Street, town and country, one below the other. */
    static List<String> address(Branch branch, Locale locale) {
        var address = branch.address();
        var country = address.country();
        return List.of(
                address.streetName(),
                address.zipCode() + " " + address.city(),
                country.length() == 2 ? Locale.of("", country).getDisplayCountry(locale) : country);
    }

    /**
     * An address on these pages that keeps the chosen language.
     *
     * @param path below the tenant's, with a query or without
     */
    String url(String path) {
        return chosen == null
                ? path
                : path + (path.contains("?") ? "&" : "?") + Page.Language.PARAMETER + "=" + chosen;
    }

    /** The chosen language, for a form that asks by GET; empty if none was chosen. */
    String carried() {
        return chosen == null ? "" : chosen;
    }

    String home() {
        return "/book/" + encoded(tenant().text());
    }

    /** The frame around a page. */
    Page page() {
        var languages = Visitors.languages(catalogue);
        var settings = catalogue.tenant().settings().pagesOrUsual();
        return new Page(
                catalogue.tenant().name(),
                catalogue.tenant().settings().allowsAnonymousBooking() ? url(home()) : null,
                settings.logo(),
                settings.colour() == null
                        ? null
                        : home() + "/colours-" + settings.colour().substring(1) + ".css",
                name(language, languages),
                languages.stream()
                        .map(
                                each ->
                                        new Page.Language(
                                                tag(each),
                                                name(each, languages),
                                                here + Page.Language.PARAMETER + "=" + tag(each),
                                                each.isSameAs(language)))
                        .toList());
    }

    /** With its region only where another region's is offered beside it. */
    private static String name(LanguageTag tag, List<LanguageTag> among) {
        var locale = tag.locale();
        var isAlone =
                among.stream()
                                .filter(t -> t.locale().getLanguage().equals(locale.getLanguage()))
                                .count()
                        < 2;
        var name = isAlone ? locale.getDisplayLanguage(locale) : locale.getDisplayName(locale);
        return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }

    private static String tag(LanguageTag language) {
        return language.locale().toLanguageTag();
    }

    static String encoded(String text) {
        return UriUtils.encode(text, UTF_8);
    }
}
