package holdfast.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import holdfast.http.Admission;
import holdfast.http.Problems;
import holdfast.http.WhoCalls;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;

/**
 * Keeps each caller to its share of changes and searches, on this node, and says how much of it is
 * left (draft-ietf-httpapi-ratelimit-headers). Other reads pass freely: they cost little.
 */
@Component
@Order(Admission.AFTER_SECURITY - 10) // who calls is known, and no body was taken in
final class Pace extends OncePerRequestFilter {

    /** Whoever is forgotten begins with a full bucket again. */
    private static final int MOST_CALLERS = 100_000;

    private final LimitSettings settings;
    private final String policy;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST_CALLERS).build();

    Pace(LimitSettings settings) {
        this.settings = settings;
        int window =
                settings.changesPerSecond() == 0
                        ? 0
                        : Math.ceilDiv(settings.changesAtOnce(), settings.changesPerSecond());
        this.policy = "\"changes\";q=%d;w=%d".formatted(settings.changesAtOnce(), window);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return settings.changesPerSecond() == 0 || Admission.isRead(request);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long now = System.nanoTime();
        var taken = buckets.get(WhoCalls.of(request), _ -> full(now)).take(now);
        response.setHeader("RateLimit-Policy", policy);
        response.setHeader(
                "RateLimit", "\"changes\";r=" + taken.left() + ";t=" + taken.secondsToFull());
        if (taken.given()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(taken.secondsToNext()));
        Problems.send(
                Problems.problem(
                        "rate-limited",
                        "Nothing happened. At most %d of these a second are taken from one caller.",
                        settings.changesPerSecond()),
                request,
                response);
    }

    private Bucket full(long now) {
        return new Bucket(settings.changesPerSecond(), settings.changesAtOnce(), now);
    }
}
