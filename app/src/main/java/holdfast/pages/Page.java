package holdfast.pages;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the frame around a page shows: the model attribute {@code page} of {@code layout.html}.
 *
 * @param name whose page it is
 * @param home where that name leads; null: nowhere
 * @param logo the address of a picture that stands for the name
 * @param theme the address of a style sheet with colours of their own
 * @param language what the page's language is called in it
 * @param languages which there are; with fewer than two nothing is offered
 */
public record Page(
        String name,
        @Nullable String home,
        @Nullable String logo,
        @Nullable String theme,
        String language,
        List<Language> languages) {

    /**
     * A language that the page can be read in.
     *
     * @param tag as in BCP 47
     * @param name what the language is called in it
     * @param href the same page in it
     */
    public record Language(String tag, String name, String href, boolean current) {

        /** The parameter that names a language; it goes along from page to page. */
        public static final String PARAMETER = "lang";

        /** This page's address, ready for one more parameter. */
        public static String here(HttpServletRequest request) {
            var query = request.getMethod().equals("GET") ? request.getQueryString() : null;
            var others =
                    query == null
                            ? ""
                            : query.replaceAll("(^|&)" + PARAMETER + "=[^&]*", "")
                                    .replaceAll("^&", "");
            return request.getRequestURI() + (others.isEmpty() ? "?" : "?" + others + "&");
        }
    }
}
