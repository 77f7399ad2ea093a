package holdfast.http;

import holdfast.catalogue.Fault;

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
     * @param detail what happened this time; never class names, never personal data
     * @throws IllegalArgumentException if no such type is documented
     */
    public static ProblemDetail problem(String name, String detail) {
        var type =
                ProblemType.find(name)
                        .orElseThrow(
                                () -> new IllegalArgumentException("Undocumented problem " + name));
        var problem = ProblemDetail.forStatusAndDetail(status(type), detail);
        problem.setType(URI.create(type.uri()));
        problem.setTitle(type.title());
        return problem;
    }

    private static HttpStatusCode status(ProblemType type) {
        return HttpStatusCode.valueOf(type.status());
    }

    static ProblemDetail problem(String name, String detail, List<Fault> errors) {
        var problem = problem(name, detail);
        problem.setProperty("errors", errors);
        return problem;
    }

    /**
     * Answers with the problem, whatever the request accepts: from filters and handlers outside
     * controllers. Headers that belong to it, such as {@code Retry-After}, are set beforehand.
     */
    public static void send(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (problem.getInstance() == null) {
            problem.setInstance(URI.create(request.getRequestURI()));
        }
        var body = bytes(problem);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static byte[] bytes(ProblemDetail problem) {
        return JSON.writeValueAsBytes(problem);
    }
}
