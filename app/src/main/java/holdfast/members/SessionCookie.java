package holdfast.members;

import holdfast.catalogue.TenantId;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Carries a session's secret to the browser and back. One cookie per tenant, so that somebody may
 * work for two; what belongs to another tenant is as good as nothing.
 */
final class SessionCookie extends OncePerRequestFilter {

    static final String NAME = "holdfast-staff";

    /** Sent along by a page that asks again by itself: nobody clicked. */
    private static final String BY_ITSELF = "Holdfast-By-Itself";

    private final Sessions sessions;

    SessionCookie(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        tenantOf(request)
                .flatMap(
                        tenant ->
                                secretsIn(request)
                                        .flatMap(
                                                secret ->
                                                        sessions
                                                                .find(
                                                                        tenant,
                                                                        secret,
                                                                        isClick(request))
                                                                .stream())
                                        .findFirst())
                .ifPresent(
                        signedIn ->
                                SecurityContextHolder.setContext(
                                        new SecurityContextImpl(signedIn)));
        chain.doFilter(request, response);
    }

    private static boolean isClick(HttpServletRequest request) {
        return request.getHeader(BY_ITSELF) == null;
    }

    /** The tenant named in {@code /staff/{tenant}/…}. */
    static Optional<TenantId> tenantOf(HttpServletRequest request) {
        var parts = request.getRequestURI().split("/", 4);
        try {
            return parts.length < 3
                    ? Optional.empty()
                    : Optional.of(TenantId.of(UriUtils.decode(parts[2], StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException noTenantHasThisId) {
            return Optional.empty();
        }
    }

    static Stream<String> secretsIn(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Stream.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(NAME))
                        .map(Cookie::getValue);
    }

    static void set(
            TenantId tenant,
            String secret,
            HttpServletRequest request,
            HttpServletResponse response) {
        add(cookie(tenant, secret, request).build(), response);
    }

    static void forget(TenantId tenant, HttpServletRequest request, HttpServletResponse response) {
        add(cookie(tenant, "", request).maxAge(0).build(), response);
    }

    // No age: it goes with the browser, and the session ends by itself before long.
    private static ResponseCookie.ResponseCookieBuilder cookie(
            TenantId tenant, String secret, HttpServletRequest request) {
        return ResponseCookie.from(NAME, secret)
                .path("/staff/" + UriUtils.encodePathSegment(tenant.text(), StandardCharsets.UTF_8))
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax");
    }

    private static void add(ResponseCookie cookie, HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
