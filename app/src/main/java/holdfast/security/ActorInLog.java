package holdfast.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.MDC;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * Puts the client's id where log lines and commands find who acts, for as long as the request
 * lasts.
 */
final class ActorInLog extends OncePerRequestFilter {

    private static final String ACTOR = "actor";

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        if (!(caller instanceof JwtAuthenticationToken)) {
            chain.doFilter(request, response);
            return;
        }
        var before = MDC.get(ACTOR);
        MDC.put(ACTOR, caller.getName());
        try {
            chain.doFilter(request, response);
        } finally {
            if (before == null) {
                MDC.remove(ACTOR);
            } else {
                MDC.put(ACTOR, before);
            }
        }
    }
}
