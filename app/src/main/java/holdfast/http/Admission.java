package holdfast.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Lets in as many requests as can be served in good time, and turns the others away at once: a
 * short "later" is worth more to a client than a queue that outlasts its patience. What changes
 * something may wait for its turn for a moment; what only reads may not, since it takes no longer
 * than waiting would. Health is asked freely.
 *
 * <p>A body is taken in, up to its limits of size and time, before the request takes a place, and
 * the place is given back before the answer is sent. So neither a client that sends slowly nor one
 * that reads slowly keeps others waiting.
 */
@Component
@Order(Admission.AFTER_SECURITY)
public final class Admission extends OncePerRequestFilter {

    /** Spring Security's filters stand at -100; strangers should not fill our memory. */
    public static final int AFTER_SECURITY = 100;

    /** Where whole catalogues are sent to. */
    private static final Pattern DOCUMENTS =
            Pattern.compile("/admin/.*|/reports/.*|/staff/[^/]*/catalogue/changes");

    /** The request attribute that has the body, as bytes. */
    public static final String BODY = Admission.class.getName() + ".body";

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int PIECE = 8_192;

    private final HttpSettings settings;
    private final Semaphore reads;
    private final Semaphore writes;
    private final AtomicInteger waiting = new AtomicInteger();

    Admission(HttpSettings settings) {
        this.settings = settings;
        this.reads = new Semaphore(settings.readsAtOnce());
        this.writes = new Semaphore(settings.writesAtOnce(), true);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return isRead(request) && request.getRequestURI().startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isRead(request)) {
            serve(request, response, chain, reads, reads.tryAcquire());
            return;
        }
        HttpServletRequest whole;
        try {
            whole = withBody(request);
        } catch (RequestRefused refused) {
            refuse(refused.problem(), request, response);
            return;
        }
        if (request.getRequestURI().endsWith("/search")) { // asks for something, though by POST
            serve(whole, response, chain, reads, reads.tryAcquire());
        } else {
            serve(whole, response, chain, writes, mayWrite());
        }
    }

    /** Whether it changes nothing, as far as its method says. */
    public static boolean isRead(HttpServletRequest request) {
        return READS.contains(request.getMethod());
    }

    private static void serve(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Semaphore places,
            boolean admitted)
            throws ServletException, IOException {
        if (!admitted) {
            response.setHeader(HttpHeaders.RETRY_AFTER, ProblemAnswers.SECONDS_TO_WAIT);
            Problems.send(
                    Problems.problem("overloaded", "Nothing happened. Try again in a moment."),
                    request,
                    response);
            return;
        }
        var turn = new Turn(places);
        try {
            chain.doFilter(request, new EndsTurn(response, turn));
        } finally {
            turn.end();
        }
    }

    private boolean mayWrite() {
        if (writes.tryAcquire()) {
            return true;
        }
        try {
            return waiting.incrementAndGet() <= settings.writesWaiting()
                    && writes.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /**
     * Answers, and closes the connection where the client is still sending: what it sends is not
     * waited for.
     */
    private static void refuse(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.CONNECTION, "close");
        Problems.send(problem, request, response);
        if (problem.getStatus() == HttpServletResponse.SC_REQUEST_TIMEOUT) {
            response.flushBuffer();
            throw new CloseNowException("The body came too slowly");
        }
    }

    /**
     * The request with its body at hand.
     *
     * @throws RequestRefused if the body is too large or comes too slowly
     */
    private HttpServletRequest withBody(HttpServletRequest request) throws IOException {
        var path = request.getRequestURI();
        var takesDocuments = DOCUMENTS.matcher(path).matches();
        var limit = takesDocuments ? settings.documentLimit() : settings.bodyLimit();
        if (request.getContentLengthLong() > limit.toBytes()) {
            throw tooLarge(limit);
        }
        if (isForm(request.getContentType())) {
            return request; // the server itself reads and limits forms
        }
        long began = System.nanoTime();
        var body = new ByteArrayOutputStream();
        var piece = new byte[PIECE];
        int length = request.getInputStream().read(piece);
        while (length >= 0) {
            body.write(piece, 0, length);
            if (body.size() > limit.toBytes()) {
                throw tooLarge(limit);
            }
            if (System.nanoTime() - began > settings.bodyPatience().toNanos()) {
                throw tooSlow();
            }
            length = request.getInputStream().read(piece);
        }
        var whole = body.toByteArray();
        request.setAttribute(BODY, whole);
        return new TakenIn(request, whole);
    }

    private static RequestRefused tooLarge(DataSize limit) {
        return new RequestRefused(
                Problems.problem(
                        "body-too-large", "This call reads at most %d bytes.", limit.toBytes()));
    }

    private static RequestRefused tooSlow() {
        return new RequestRefused(
                Problems.problem(
                        "body-too-slow", "Nothing happened. Send it again, at a stretch."));
    }

    private static boolean isForm(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        var type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded")
                || type.startsWith("multipart/");
    }

    /** A place among those that are served, given back once. */
    private static final class Turn {

        private final Semaphore places;
        private final AtomicBoolean ended = new AtomicBoolean();

        Turn(Semaphore places) {
            this.places = places;
        }

        void end() {
            if (ended.compareAndSet(false, true)) {
                places.release();
            }
        }
    }

    /** An answer before which the turn ends: sending it takes as long as the client likes. */
    private static final class EndsTurn extends HttpServletResponseWrapper {

        private final Turn turn;

        EndsTurn(HttpServletResponse response, Turn turn) {
            super(response);
            this.turn = turn;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            turn.end();
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            turn.end();
            return super.getWriter();
        }
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
