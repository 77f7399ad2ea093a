package holdfast.http;

import holdfast.catalogue.Catalogues;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The outermost filter: gives each request its id, continues the caller's trace, lets query
 * parameters be found in any case, and tenants by whoever answers.
 *
 * <p>For log lines and for what goes along with commands the MDC holds {@code requestId}, {@code
 * traceparent} (the caller's trace with a span of our own), {@code tenant} and {@code actor}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class RequestTrace extends OncePerRequestFilter {

    static final String REQUEST_ID = "requestId";
    static final String TENANT = "tenant";
    static final String ACTOR = "actor";
    static final String TRACE = "traceparent";

    static final String REQUEST_ID_HEADER = "X-Request-Id";

    // What others sent goes into logs, so it has no spaces, quotes or line ends.
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,100}");

    private static final Pattern TRACEPARENT =
            Pattern.compile(
                    "(?!ff)[0-9a-f]{2}-(?<trace>(?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-(?<flags>[0-9a-f]{2})(-.*)?");

    private final Catalogues catalogues;

    RequestTrace(Catalogues catalogues) {
        this.catalogues = catalogues;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = sane(request.getHeader(REQUEST_ID_HEADER));
        var requestId = id == null ? someId() : id;
        response.setHeader(REQUEST_ID_HEADER, requestId);
        response.setHeader("X-Content-Type-Options", "nosniff");
        MDC.put(REQUEST_ID, requestId);
        MDC.put(TRACE, continued(request.getHeader(TRACE)));
        request.setAttribute(CallContext.CATALOGUES, catalogues);
        try {
            chain.doFilter(new AnyCase(request), response);
        } finally {
            List.of(REQUEST_ID, TRACE, TENANT, ACTOR).forEach(MDC::remove);
        }
    }

    /** Nobody gains by guessing it, so it need not come from the one secure source all share. */
    private static String someId() {
        var random = ThreadLocalRandom.current();
        long version4 = random.nextLong() & ~0xF000L | 0x4000L;
        long variant2 = random.nextLong() >>> 2 | Long.MIN_VALUE;
        return new UUID(version4, variant2).toString();
    }

    private static @Nullable String sane(@Nullable String id) {
        return id != null && SANE_ID.matcher(id).matches() ? id : null;
    }

    /** The caller's trace, or a new one, with a new span (W3C Trace Context). */
    static String continued(@Nullable String traceparent) {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        var span = hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE));
        if (traceparent != null) {
            var caller = TRACEPARENT.matcher(traceparent);
            if (caller.matches()) {
                return "00-" + caller.group("trace") + "-" + span + "-" + caller.group("flags");
            }
        }
        var trace =
                hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE))
                        + hex.toHexDigits(random.nextLong());
        return "00-" + trace + "-" + span + "-00";
    }

    /** A request whose parameters are found in any case; two spellings are one, given twice. */
    private static final class AnyCase extends HttpServletRequestWrapper {

        private @Nullable Map<String, String[]> parameters;

        AnyCase(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            if (parameters == null) {
                var merged = new LinkedCaseInsensitiveMap<String[]>();
                super.getParameterMap()
                        .forEach((name, values) -> merged.merge(name, values, AnyCase::both));
                parameters = Collections.unmodifiableMap(merged);
            }
            return parameters;
        }

        private static String[] both(String[] some, String[] more) {
            var all = new ArrayList<>(List.of(some));
            all.addAll(List.of(more));
            return all.toArray(String[]::new);
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            var values = getParameterMap().get(name);
            return values == null ? null : values.clone();
        }

        @Override
        public @Nullable String getParameter(String name) {
            var values = getParameterMap().get(name);
            return values == null ? null : values[0];
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.enumeration(getParameterMap().keySet());
        }
    }
}
