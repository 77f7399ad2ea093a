package holdfast.security;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Catalogues;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.List;

/**
 * Tells browsers which web sites' scripts may read an answer: those that its tenant allows.
 *
 * <p>What a browser asks beforehand names no tenant, so it gets a yes for a site that any tenant
 * allows; the answer to the call itself is the tenant's own. Nothing is refused here: a browser
 * keeps to what it is told, and others need not ask.
 */
final class CrossOrigin extends OncePerRequestFilter {

    private static final String METHODS = "GET, HEAD, POST, PUT, DELETE";

    private static final String SENT =
            String.join(
                    ", ",
                    List.of(
                            HttpHeaders.ACCEPT,
                            HttpHeaders.ACCEPT_LANGUAGE,
                            HttpHeaders.AUTHORIZATION,
                            HttpHeaders.CONTENT_TYPE,
                            "Idempotency-Key",
                            HttpHeaders.IF_MATCH,
                            HttpHeaders.IF_NONE_MATCH,
                            "traceparent",
                            "X-Request-Id",
                            AccessRules.TENANT_HEADER));

    private static final String READ =
            String.join(
                    ", ",
                    List.of(
                            HttpHeaders.CONTENT_DISPOSITION,
                            HttpHeaders.CONTENT_LANGUAGE,
                            HttpHeaders.ETAG,
                            "Idempotent-Replayed",
                            HttpHeaders.LINK,
                            HttpHeaders.LOCATION,
                            "RateLimit",
                            "RateLimit-Policy",
                            HttpHeaders.RETRY_AFTER,
                            HttpHeaders.WWW_AUTHENTICATE,
                            "X-Request-Id"));

    /** Seconds; a site that is no longer allowed is told so by the call itself. */
    private static final String KEPT = "3600";

    private final Catalogues catalogues;

    CrossOrigin(Catalogues catalogues) {
        this.catalogues = catalogues;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ORIGIN) == null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (asksBeforehand(request)) {
            if (catalogues.all().stream().anyMatch(tenant -> allows(tenant, origin))) {
                response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
                response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, SENT);
                response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, KEPT);
            }
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        var tenant = AccessRules.tenantOf(request).flatMap(catalogues::find);
        if (tenant.isPresent() && allows(tenant.get(), origin)) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, READ);
        }
        chain.doFilter(request, response);
    }

    private static boolean asksBeforehand(HttpServletRequest request) {
        return HttpMethod.OPTIONS.matches(request.getMethod())
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }

    private static boolean allows(Catalogue tenant, @Nullable String origin) {
        return origin != null && tenant.tenant().settings().allows(origin);
    }
}
