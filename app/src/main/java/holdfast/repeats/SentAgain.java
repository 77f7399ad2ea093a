package holdfast.repeats;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.http.Admission;
import holdfast.http.Problems;
import holdfast.http.WhoCalls;
import holdfast.security.RequestDigest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives a request with an {@code Idempotency-Key} the answer that the same request got before.
 *
 * <p>An answer is kept if something was decided: it was done, or refused for a reason that the
 * domain knows. A request that could not be read, that came too fast or met a fault of ours may be
 * sent again and is tried again.
 */
@Component
@Order(Admission.AFTER_SECURITY + 10) // with the body at hand, and admitted
final class SentAgain extends OncePerRequestFilter {

    static final String KEY = "Idempotency-Key";

    private static final Logger LOG = LoggerFactory.getLogger(SentAgain.class);

    private static final Set<String> METHODS = Set.of("POST", "PUT");

    /** A string of RFC 9651, as the header's draft has it; many send it without the quotes. */
    private static final Pattern SANE_KEY =
            Pattern.compile(
                    "\"(?<quoted>[ !#-\\[\\]-~]{1,255})\"|(?<bare>[!#-+.-\\[\\]-~-]{1,255})");

    private static final List<String> HEADERS =
            List.of(
                    HttpHeaders.CONTENT_TYPE,
                    HttpHeaders.CONTENT_LANGUAGE,
                    HttpHeaders.LOCATION,
                    HttpHeaders.CACHE_CONTROL);

    private static final Set<Integer> DECISIONS = Set.of(409, 410, 422);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final byte[] NONE = {};

    private final KeptAnswers answers;
    private final RequestDigest digest;

    SentAgain(KeptAnswers answers, RequestDigest digest) {
        this.answers = answers;
        this.digest = digest;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(KEY) == null
                || !METHODS.contains(request.getMethod())
                || request.getRequestURI().endsWith("/search"); // changes nothing
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = key(request);
        if (key == null) {
            Problems.send(
                    Problems.problem(
                            "idempotency-key-malformed",
                            "The key is one text of 1 to 255 visible characters."),
                    request,
                    response);
            return;
        }
        var keyed = keyed(key, request);
        var answer = new ContentCachingResponseWrapper(response);
        keyed.begin();
        try {
            chain.doFilter(request, answer);
        } finally {
            keyed.end();
        }
        var earlier = keyed.earlier() == null ? settle(keyed, answer) : keyed.earlier();
        if (earlier != null) {
            giveAgain(earlier, keyed, request, answer);
        }
        answer.copyBodyToResponse();
    }

    private static @Nullable String key(HttpServletRequest request) {
        var sent = Collections.list(request.getHeaders(KEY));
        var key = SANE_KEY.matcher(sent.getFirst().strip());
        if (sent.size() > 1 || !key.matches()) {
            return null;
        }
        return key.group("quoted") == null ? key.group("bare") : key.group("quoted");
    }

    private KeyedRequest keyed(String key, HttpServletRequest request) {
        var name =
                digest.of(
                        bytes("name"),
                        bytes(request.getHeader("X-TENANT-ID")),
                        bytes(WhoCalls.of(request)),
                        bytes(key));
        var body = request.getAttribute(Admission.BODY) instanceof byte[] sent ? sent : NONE;
        var content =
                digest.of(
                        bytes("content"),
                        bytes(request.getMethod()),
                        bytes(request.getRequestURI()),
                        bytes(request.getQueryString()),
                        body);
        var seal = digest.of(bytes("seal"), name, bytes(key), content, body);
        return new KeyedRequest(name, content, seal);
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? NONE : text.getBytes(UTF_8);
    }

    /**
     * Keeps the answer, if it is one to be kept.
     *
     * @return null, or the answer that is kept already
     */
    private @Nullable Earlier settle(KeyedRequest keyed, ContentCachingResponseWrapper answer) {
        try {
            if (isDecided(answer)) {
                return answers.keep(keyed, answerIn(answer));
            }
            // a repeat needs no room for another hold
            return answer.getStatus() == TOO_MANY_REQUESTS ? answers.find(keyed) : null;
        } catch (DataAccessException | TransactionException away) {
            // what was decided stands; a repeat makes its answer from the register
            LOG.warn("An answer could not be kept: {}", away.getMessage());
            return null;
        }
    }

    private static boolean isDecided(HttpServletResponse answer) {
        if (answer.getHeader(HttpHeaders.RETRY_AFTER) != null) {
            return false;
        }
        return answer.getStatus() / 100 == 2 || DECISIONS.contains(answer.getStatus());
    }

    private static Answer answerIn(ContentCachingResponseWrapper answer) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : HEADERS) {
            var value =
                    name.equals(HttpHeaders.CONTENT_TYPE)
                            ? answer.getContentType()
                            : answer.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new Answer(answer.getStatus(), headers, answer.getContentAsByteArray());
    }

    private static void giveAgain(
            Earlier earlier,
            KeyedRequest keyed,
            HttpServletRequest request,
            ContentCachingResponseWrapper response)
            throws IOException {
        response.resetBuffer();
        if (!earlier.isTheSameAs(keyed)) {
            Problems.send(
                    Problems.problem(
                            "idempotency-key-reused",
                            "Another request was sent with this key before."),
                    request,
                    response);
        } else if (earlier.answer == null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            Problems.send(
                    Problems.problem(
                            "idempotency-key-in-use", "The first request is still worked on."),
                    request,
                    response);
        } else {
            var answer = Answer.open(keyed.seal, earlier.answer);
            response.setStatus(answer.status);
            // the refusal that the repeat met was in a language, which this answer need not be
            Problems.takeAway(HttpHeaders.CONTENT_LANGUAGE, response);
            answer.headers.forEach(response::setHeader);
            response.setHeader("Idempotent-Replayed", "true");
            response.getOutputStream().write(answer.body);
        }
    }
}
