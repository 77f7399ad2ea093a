package holdfast.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets in as many requests that change something as can be served in good time, and turns the
 * others away at once: a short "later" is worth more to a client than a queue that outlasts its
 * patience. Reads pass freely.
 *
 * <p>A body is taken in, up to its limit, before the request waits for its turn, so that a client
 * that sends slowly keeps nobody else waiting.
 */
@Component
@Order(Admission.AFTER_SECURITY)
final class Admission extends OncePerRequestFilter {

    /** Spring Security's filters stand at -100; strangers should not fill our memory. */
    static final int AFTER_SECURITY = 100;

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final HttpSettings settings;
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();

    Admission(HttpSettings settings) {
        this.settings = settings;
        this.turns = new Semaphore(settings.writesAtOnce(), true);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READS.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        var limit = path.startsWith("/admin/") ? settings.documentLimit() : settings.bodyLimit();
        var body = bodyWithin(limit, request);
        if (body == null) {
            Problems.send(
                    Problems.problem(
                            "body-too-large",
                            "This call reads at most %d bytes.".formatted(limit.toBytes())),
                    request,
                    response);
            return;
        }
        if (path.endsWith("/search")) {
            chain.doFilter(body, response); // asks for something, though by POST
        } else {
            inTurn(body, response, chain);
        }
    }

    private void inTurn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isAdmitted()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, ProblemAnswers.SECONDS_TO_WAIT);
            Problems.send(
                    Problems.problem("overloaded", "Nothing happened. Try again in a moment."),
                    request,
                    response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            turns.release();
        }
    }

    private boolean isAdmitted() {
        if (turns.tryAcquire()) {
            return true;
        }
        try {
            return waiting.incrementAndGet() <= settings.writesWaiting()
                    && turns.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** The request with its body at hand; null if the body is larger than the limit. */
    private static @Nullable HttpServletRequest bodyWithin(
            DataSize limit, HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > limit.toBytes()) {
            return null;
        }
        if (isForm(request.getContentType())) {
            return request; // the server itself reads and limits forms
        }
        var body = request.getInputStream().readNBytes((int) limit.toBytes() + 1);
        return body.length > limit.toBytes() ? null : new TakenIn(request, body);
    }

    private static boolean isForm(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        var type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded")
                || type.startsWith("multipart/");
    }

    private static final class TakenIn extends HttpServletRequestWrapper {

        private final ByteArrayInputStream body;

        TakenIn(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {
                @Override
                public int read() {
                    return body.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    return body.read(into, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return body.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("The body is at hand; nobody need wait for it");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
