package holdfast.security;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.http.Problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

import java.io.IOException;

/** Says no in the same form as every other problem, and as RFC 6750 wants it. */
final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String SECONDS_TO_WAIT = "2";

    private final Addresses addresses;

    SecurityProblems(Addresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof IssuerSilent) {
            response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
            Problems.send(
                    Problems.problem(
                            "issuer-silent",
                            "The token cannot be checked just now. Nothing happened."),
                    request,
                    response);
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
        Problems.send(
                Problems.problem(
                        "unauthenticated",
                        badToken
                                ? phrase(
                                        "The token has expired, was ended, or was not issued here.")
                                : phrase("This call needs a bearer token from /oauth2/token.")),
                request,
                response);
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
        Problems.send(
                Problems.problem(
                        "forbidden",
                        cause instanceof AuthorizationDeniedException denied
                                        && denied.getAuthorizationResult()
                                                instanceof AccessRules.Decision decision
                                ? decision.detail
                                : phrase("No token allows this call.")),
                request,
                response);
    }

    /** It is denied all the same; which addresses there are is no secret. */
    private void sayNothingIsThere(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Problems.send(
                Problems.problem("not-found", "Nothing has this address."), request, response);
    }
}
