package holdfast.pages;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

import java.util.Locale;

/** The language that a page was found to be in, once that is known. */
public final class PageLocale extends AcceptHeaderLocaleResolver {

    private static final String ATTRIBUTE = PageLocale.class.getName();

    public static void set(HttpServletRequest request, Locale locale) {
        request.setAttribute(ATTRIBUTE, locale);
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Locale known ? known : Locale.UK;
    }
}
