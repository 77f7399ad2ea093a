package holdfast.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;

import java.util.Collections;
import java.util.regex.Pattern;

/** Addresses that people open in a browser, who should be told of a problem on a page. */
final class PageAddresses {

    private static final Pattern PAGES = Pattern.compile("/(book|manage|staff)(/.*)?");
    private static final Pattern HTML = Pattern.compile("\\btext/html\\b");

    private PageAddresses() {}

    /**
     * Whether a browser asks for a whole page. Scripts, and programs that take any answer, are
     * answered with data; so is what goes wrong while a problem is shown.
     */
    static boolean isOpened(HttpServletRequest request) {
        return request.getDispatcherType() != DispatcherType.ERROR && asksForPage(request);
    }

    /** The same of a request whose problem is being shown. */
    static boolean asksForPage(HttpServletRequest request) {
        return PAGES.matcher(request.getRequestURI()).matches()
                && request.getHeader("HX-Request") == null
                && Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
                        .anyMatch(accepted -> HTML.matcher(accepted).find());
    }
}
