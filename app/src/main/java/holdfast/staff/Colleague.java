package holdfast.staff;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.TenantId;
import holdfast.http.Telling;
import holdfast.members.Role;
import holdfast.members.SignedIn;
import holdfast.pages.Page;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;

/**
 * Who works on a page: for which tenant, in which language, and signed in as whom.
 *
 * @param locale of the page's own texts
 * @param language of the tenant's texts: the nearest that it has
 * @param who null if nobody is signed in
 * @param here the page's address, ready for one more parameter
 */
public record Colleague(
        Catalogue catalogue,
        Locale locale,
        LanguageTag language,
        @Nullable SignedIn who,
        String here) {

    public TenantId tenant() {
        return catalogue.tenant().id();
    }

    /** Where this tenant's pages for staff begin. */
    public String home() {
        return "/staff/" + UriUtils.encode(tenant().text(), UTF_8);
    }

    public boolean isAtTheDesk() {
        return who != null && who.is(Role.STAFF);
    }

    public boolean readsFigures() {
        return who != null && who.is(Role.REPORTING);
    }

    public boolean keepsTheCatalogue() {
        return who != null && who.is(Role.MANAGER);
    }

    public boolean audits() {
        return who != null && who.is(Role.AUDITOR);
    }

    public String text(LocalizedText text) {
        return text.in(language, catalogue.tenant().defaultLanguage());
    }

    /** Such as {@code 14:30} or {@code 2:30 PM}. */
    public String time(ZonedDateTime time) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale).format(time);
    }

    /** With the day of the week and the year. */
    public String date(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale).format(date);
    }

    /** Tells problems in the page's language. */
    public Telling telling() {
        return new Telling(
                LanguageTag.of(locale.toLanguageTag()), catalogue.tenant().defaultLanguage());
    }

    /** The frame around a page. */
    public Page page() {
        var settings = catalogue.tenant().settings().pagesOrUsual();
        return new Page(
                catalogue.tenant().name(),
                home(),
                settings.logo(),
                settings.colour() == null
                        ? null
                        : "/book/%s/colours-%s.css"
                                .formatted(
                                        UriUtils.encode(tenant().text(), UTF_8),
                                        settings.colour().substring(1)),
                locale.getDisplayLanguage(locale),
                List.of(Colleagues.ENGLISH, Colleagues.GERMAN).stream()
                        .map(
                                each ->
                                        new Page.Language(
                                                tag(each),
                                                name(each),
                                                here + Page.Language.PARAMETER + "=" + tag(each),
                                                each.locale()
                                                        .getLanguage()
                                                        .equals(locale.getLanguage())))
                        .toList());
    }

    private static String tag(LanguageTag language) {
        return language.locale().toLanguageTag();
    }

    private static String name(LanguageTag language) {
        return language.locale().getDisplayLanguage(language.locale());
    }
}
