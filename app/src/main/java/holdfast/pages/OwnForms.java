package holdfast.pages;

import holdfast.http.Problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Takes forms from our own pages only. No cookie gives a foreign page's form any right, but nobody
 * shall book in a visitor's name and from a visitor's address behind their back.
 */
final class OwnForms implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getMethod().equals("POST") && isForeign(request)) {
            throw new ErrorResponseException(
                    HttpStatus.FORBIDDEN,
                    Problems.problem("foreign-form", "Nothing happened. Begin on our own page."),
                    null);
        }
        return true;
    }

    // Our pages send no referrer, so the origin of their forms is "null"; browsers that say where a
    // request comes from say it in Sec-Fetch-Site.
    private static boolean isForeign(HttpServletRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin");
        }
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null
                && !origin.equals("null")
                && !origin.endsWith("://" + request.getHeader(HttpHeaders.HOST));
    }
}
