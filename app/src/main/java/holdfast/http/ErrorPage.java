package holdfast.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the server sends what a filter refused or what failed outside the dispatcher: people with a
 * browser get a page, everybody else gets the problem itself.
 */
@Controller
class ErrorPage implements ErrorController {

    private static final String PROBLEM = ErrorPage.class.getName() + ".problem";

    private final ObjectProvider<ShowsStrayProblems> pages;

    ErrorPage(ObjectProvider<ShowsStrayProblems> pages) {
        this.pages = pages;
    }

    /** Leaves a problem to be shown once the request has gone back through all filters. */
    static void leave(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        request.setAttribute(PROBLEM, problem);
        response.sendError(problem.getStatus());
    }

    @RequestMapping("${server.error.path:/error}")
    @Nullable ModelAndView show(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var asked = new Asked(request);
        var problem = problemOf(asked, response);
        var page =
                PageAddresses.asksForPage(asked)
                        ? pages.stream()
                                .filter(each -> each.isOurs(asked.getRequestURI()))
                                .findFirst()
                        : Optional.<ShowsStrayProblems>empty();
        if (page.isPresent()) {
            return page(page.get(), problem, asked, response);
        }
        if (asked.isKnown()) {
            problem.setInstance(URI.create(asked.getRequestURI()));
        }
        Hardening.harden(response); // what is refused before the security filters has none of it
        Problems.send(problem, request, response);
        return null;
    }

    private static ProblemDetail problemOf(
            HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(PROBLEM) instanceof ProblemDetail left) {
            return left;
        }
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception cause) {
            return ProblemAnswers.ofCause(cause, request, response);
        }
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return ProblemAnswers.ofStatus(status instanceof Integer code ? code : 404);
    }

    private static ModelAndView page(
            ShowsStrayProblems page,
            ProblemDetail problem,
            Asked asked,
            HttpServletResponse response) {
        asked.setAttribute(
                HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("tenant", asked.tenant()));
        var shown = page.show(problem, asked, response);
        if (response.containsHeader(HttpHeaders.RETRY_AFTER)) {
            shown.addObject("again", asked.isRead() ? asked.address() : "");
        }
        Hardening.hardenPage(response);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return shown;
    }

    /** The request as it was before the server sent it here. */
    private static final class Asked extends HttpServletRequestWrapper {

        Asked(HttpServletRequest request) {
            super(request);
        }

        boolean isKnown() {
            return getAttribute(RequestDispatcher.ERROR_REQUEST_URI) != null;
        }

        boolean isRead() {
            return Admission.isRead(this);
        }

        String address() {
            return getQueryString() == null
                    ? getRequestURI()
                    : getRequestURI() + "?" + getQueryString();
        }

        /** The second part of the path; empty if it has none. */
        String tenant() {
            var parts = getRequestURI().split("/", 4);
            return parts.length < 3 ? "" : UriUtils.decode(parts[2], StandardCharsets.UTF_8);
        }

        @Override
        public String getRequestURI() {
            return isKnown()
                    ? String.valueOf(getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                    : super.getRequestURI();
        }

        @Override
        public @Nullable String getQueryString() {
            var query = getAttribute(RequestDispatcher.ERROR_QUERY_STRING);
            return query == null ? null : query.toString();
        }

        @Override
        public String getMethod() {
            return Objects.requireNonNullElse(
                            getAttribute(RequestDispatcher.ERROR_METHOD), super.getMethod())
                    .toString();
        }
    }
}
