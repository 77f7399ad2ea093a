package holdfast.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.LinkedHashMap;

/** Says no in the same form as every other problem, and as RFC 6750 wants it. */
final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String SECONDS_TO_WAIT = "2";

    private final JsonMapper json;
    private final Addresses addresses;

    SecurityProblems(JsonMapper json, Addresses addresses) {
        this.json = json;
        this.addresses = addresses;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof IssuerSilent) {
            response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
            write(
                    request,
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "issuer-silent",
                    "Who issued the token does not answer",
                    "The token cannot be checked just now. Nothing happened.");
            return;
        }
        var badToken = cause instanceof OAuth2AuthenticationException;
        if (!badToken && addresses.isNone(request)) {
            sayNothingIsThere(request, response);
            return;
        }
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                badToken ? "Bearer error=\"invalid_token\"" : "Bearer");
        write(
                request,
                response,
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "A token is needed",
                badToken
                        ? "The token has expired, was ended, or was not issued here."
                        : "This call needs a bearer token from /oauth2/token.");
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        if (addresses.isNone(request)) {
            sayNothingIsThere(request, response);
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
        write(
                request,
                response,
                HttpStatus.FORBIDDEN,
                "forbidden",
                "The token does not allow this",
                cause instanceof AuthorizationDeniedException denied
                                && denied.getAuthorizationResult()
                                        instanceof AccessRules.Decision decision
                        ? decision.detail
                        : "No token allows this call.");
    }

    /** It is denied all the same; which addresses there are is no secret. */
    private void sayNothingIsThere(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(
                request,
                response,
                HttpStatus.NOT_FOUND,
                "not-found",
                "There is nothing here",
                "Nothing has this address.");
    }

    private void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String type,
            String title,
            String detail)
            throws IOException {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "/problems/" + type);
        problem.put("title", title);
        problem.put("status", status.value());
        problem.put("detail", detail);
        problem.put("instance", request.getRequestURI());
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
