package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

import holdfast.catalogue.Fault;
import holdfast.catalogue.Phrase;
import holdfast.catalogue.Problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Makes problems of documented types, and sends them from where no controller answers. */
public final class Problems {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
                    .build();

    private Problems() {}

    /**
     * A problem with the status and the title that {@code docs/problems.md} gives its type.
     *
     * @param name the type's name, in kebab-case
     * @param template what happened this time, as of {@link Phrase}; never class names, never
     *     personal data
     * @throws IllegalArgumentException if no such type is documented
     */
    @FormatMethod
    public static Problem problem(String name, @FormatString String template, Object... arguments) {
        return problem(name, phrase(template, arguments));
    }

    /** The same with a detail that is a phrase already. */
    public static Problem problem(String name, Phrase detail) {
        var type =
                ProblemType.find(name)
                        .orElseThrow(
                                () -> new IllegalArgumentException("Undocumented problem " + name));
        return new Problem(HttpStatusCode.valueOf(type.status()), name, type.title(), detail);
    }

    /** What was sent is not of the shape that is read, with all that is wrong with it. */
    public static Problem malformedBody(List<Fault> faults) {
        var problem = problem("malformed-body", "The body is not what this call reads.");
        problem.setProperty("errors", faults);
        return problem;
    }

    /**
     * Answers with the problem: from filters and handlers outside controllers. It is a page where a
     * browser opens one, and else the problem itself, whatever the request accepts. Headers that
     * belong to it, such as {@code Retry-After}, are set beforehand.
     */
    public static void send(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        takeAway(HttpHeaders.ETAG, response);
        if (PageAddresses.isOpened(request)) {
            ErrorPage.leave(problem, request, response);
            return;
        }
        if (problem.getInstance() == null) {
            problem.setInstance(URI.create(request.getRequestURI()));
        }
        var language = Languages.ofProblems(request);
        var body = bytes(language.told(problem));
        response.setStatus(problem.getStatus());
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag());
        if (!response.getHeaders(HttpHeaders.VARY).contains(Languages.VARY)) {
            response.addHeader(HttpHeaders.VARY, Languages.VARY);
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Takes a header away again; to a servlet's answer, null says that there is no such one. */
    @SuppressWarnings("NullAway")
    public static void takeAway(String header, HttpServletResponse response) {
        response.setHeader(header, null);
    }

    static byte[] bytes(ProblemDetail problem) {
        return JSON.writeValueAsBytes(problem);
    }
}
