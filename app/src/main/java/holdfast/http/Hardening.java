package holdfast.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;

/** What answers tell browsers not to do with them. */
public final class Hardening {

    public static final String PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=()";

    /** Data is no page: nothing in it runs, whatever somebody makes a browser take it for. */
    static final String OF_DATA = "default-src 'none'; frame-ancestors 'none'";

    private static final String OF_PAGES =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
                    + " object-src 'none'; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'";

    private static final String OF_PROBLEM_PAGES =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String POLICY = "Content-Security-Policy";
    private static final int NOT_MODIFIED = 304;

    private Hardening() {}

    /** All of it, for data that no security filter has seen. */
    static void harden(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Permissions-Policy", PERMISSIONS);
        response.setHeader(POLICY, OF_DATA);
    }

    /** All of it, for a page that tells of a problem, unless the security filters have seen it. */
    static void hardenPage(HttpServletResponse response) {
        if (!response.containsHeader(POLICY)) {
            harden(response);
            response.setHeader(POLICY, OF_PROBLEM_PAGES);
        }
    }

    /** Says what the content may do; a page that says so for itself is left alone. */
    public static void limitContent(HttpServletRequest request, HttpServletResponse response) {
        // what a browser keeps takes over the headers of a 304, and that may be a page
        if (response.getStatus() != NOT_MODIFIED && !response.containsHeader(POLICY)) {
            var type = response.getContentType();
            boolean isPage = type != null && type.startsWith(MediaType.TEXT_HTML_VALUE);
            response.setHeader(POLICY, isPage ? OF_PAGES : OF_DATA);
        }
    }
}
