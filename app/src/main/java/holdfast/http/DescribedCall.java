package holdfast.http;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Refuses;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Adds to the description of a call what this plumbing does for it: the headers it reads and
 * writes, and the problems it answers with, as its kind and its {@link Refuses} say.
 */
final class DescribedCall implements GlobalOperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        addParameters(operation, handler);
        addNotModified(operation, handler);
        addProblems(operation, handler);
        operation
                .getResponses()
                .forEach((status, answer) -> addHeaders(Integer.parseInt(status), answer, handler));
        return operation;
    }

    private static void addParameters(Operation operation, HandlerMethod handler) {
        var parameters = new ArrayList<Parameter>();
        if (has(Catalogue.class, handler) || has(LanguageTag.class, handler)) {
            parameters.add(
                    new Parameter().$ref("#/components/parameters/" + ApiDescription.TENANT));
        }
        if (has(LanguageTag.class, handler)) {
            parameters.add(
                    new Parameter().$ref("#/components/parameters/" + ApiDescription.LANGUAGE));
        }
        if (takesKey(handler)) {
            parameters.add(
                    new Parameter()
                            .$ref("#/components/parameters/" + ApiDescription.IDEMPOTENCY_KEY));
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> boundIfId(parameter, handler));
            parameters.addAll(operation.getParameters());
        }
        operation.setParameters(parameters);
    }

    private static void boundIfId(Parameter parameter, HandlerMethod handler) {
        Arrays.stream(handler.getMethodParameters())
                .filter(each -> parameter.getName().equals(each.getParameterName()))
                .filter(each -> SchemaNames.isId(each.getParameterType()))
                .forEach(_ -> parameter.setSchema(SchemaNames.ofId()));
    }

    /** For whoever has the answer already. */
    private static void addNotModified(Operation operation, HandlerMethod handler) {
        if (isRead(handler)) {
            operation
                    .getResponses()
                    .addApiResponse(
                            "304", new ApiResponse().description("As `If-None-Match` has it"));
        }
    }

    /** Whatever an answer of this status may carry. */
    private static void addHeaders(int status, ApiResponse answer, HandlerMethod handler) {
        addHeader(answer, "X-Request-Id", ApiDescription.REQUEST_ID);
        if (has(LanguageTag.class, handler)) {
            addHeader(answer, "Content-Language", ApiDescription.CONTENT_LANGUAGE);
        }
        if (isRead(handler) && status < 400) {
            addHeader(answer, "ETag", ApiDescription.ENTITY_TAG);
        }
        if (status == 200 && isRead(handler) && goesOnAfter(handler)) {
            addHeader(answer, "Link", ApiDescription.LINK);
        }
        if ((status == 201 || status == 202)
                && ResponseEntity.class == handler.getReturnType().getParameterType()) {
            addHeader(answer, "Location", ApiDescription.LOCATION);
        }
        if (status == 401 || status == 403) {
            addHeader(answer, "WWW-Authenticate", ApiDescription.AUTHENTICATE);
            return; // whoever may not call is not counted
        }
        if (takesKey(handler)) {
            addHeader(answer, "Idempotent-Replayed", ApiDescription.REPLAYED);
        }
        if (!isRead(handler)) {
            addHeader(answer, "RateLimit", ApiDescription.RATE_LIMIT);
            addHeader(answer, "RateLimit-Policy", ApiDescription.RATE_LIMIT_POLICY);
        }
        if (status == 409 || status == 429 || status == 503) {
            addHeader(answer, "Retry-After", ApiDescription.RETRY_AFTER);
        }
    }

    /** Whether it answers by pages. */
    private static boolean goesOnAfter(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(
                        parameter ->
                                parameter.hasParameterAnnotation(RequestParam.class)
                                        && "after".equals(parameter.getParameter().getName()));
    }

    private static void addHeader(ApiResponse answer, String name, String component) {
        answer.addHeaderObject(name, new Header().$ref("#/components/headers/" + component));
    }

    private static void addProblems(Operation operation, HandlerMethod handler) {
        var byStatus = new TreeMap<Integer, List<ProblemType>>();
        for (var name : problemsOf(handler)) {
            var type =
                    ProblemType.find(name)
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    handler
                                                            + " refuses with undocumented "
                                                            + name));
            byStatus.computeIfAbsent(type.status(), _ -> new ArrayList<>()).add(type);
        }
        var answers = Objects.requireNonNullElseGet(operation.getResponses(), ApiResponses::new);
        byStatus.forEach(
                (status, types) -> answers.addApiResponse(status.toString(), answer(types)));
        operation.setResponses(answers);
    }

    /** In the order in which a request meets them. */
    private static LinkedHashSet<String> problemsOf(HandlerMethod handler) {
        var names = new LinkedHashSet<String>();
        names.add("unauthenticated");
        names.add("forbidden");
        names.add("not-acceptable");
        if (has(Catalogue.class, handler) || has(LanguageTag.class, handler)) {
            names.add("tenant-missing");
            names.add("tenant-unknown");
        }
        if (namesByPath(handler)) {
            names.add("not-found");
        }
        if (takesKey(handler)) {
            names.add("idempotency-key-malformed");
        }
        if (hasAnnotated(RequestParam.class, handler)) {
            names.add("malformed-query");
        }
        if (hasAnnotated(RequestBody.class, handler)) {
            names.add("malformed-body");
            names.add("body-too-large");
            names.add("body-too-slow");
            if (!answers(RequestMethod.DELETE, handler)) { // there, it may also be passed over
                names.add("media-type-unsupported");
            }
        }
        AnnotatedElementUtils.findAllMergedAnnotations(handler.getMethod(), Refuses.class)
                .forEach(own -> names.addAll(List.of(own.value())));
        if (takesKey(handler)) {
            names.add("idempotency-key-in-use");
            names.add("idempotency-key-reused");
        }
        if (!isRead(handler)) {
            names.add("changed-meanwhile");
            names.add("rate-limited");
            names.add("overloaded");
        }
        names.add("unavailable");
        return names;
    }

    private static ApiResponse answer(List<ProblemType> types) {
        var examples = new LinkedHashMap<String, Example>();
        for (var type : types) {
            examples.put(type.name(), new Example().$ref("#/components/examples/" + type.name()));
        }
        var schema = new Schema<>().$ref("#/components/schemas/" + ApiDescription.PROBLEM);
        var answer =
                new ApiResponse()
                        .description(
                                types.stream()
                                        .map(type -> "`%s`: %s".formatted(type.uri(), type.title()))
                                        .collect(Collectors.joining("  \n")))
                        .content(
                                new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType().schema(schema).examples(examples)));
        addHeader(answer, "Content-Language", ApiDescription.CONTENT_LANGUAGE);
        return answer;
    }

    private static boolean isRead(HandlerMethod handler) {
        return answers(RequestMethod.GET, handler);
    }

    /** A search changes nothing, though it is asked for by POST. */
    private static boolean takesKey(HandlerMethod handler) {
        var mapping = mapping(handler);
        return (answers(RequestMethod.POST, handler) || answers(RequestMethod.PUT, handler))
                && mapping != null
                && Arrays.stream(mapping.path()).noneMatch(path -> path.endsWith("/search"));
    }

    private static boolean answers(RequestMethod method, HandlerMethod handler) {
        var mapping = mapping(handler);
        return mapping != null && List.of(mapping.method()).contains(method);
    }

    private static @Nullable RequestMapping mapping(HandlerMethod handler) {
        return AnnotatedElementUtils.findMergedAnnotation(
                handler.getMethod(), RequestMapping.class);
    }

    /** Where the path has an id, what cannot be one is no address; a mere text is looked for. */
    private static boolean namesByPath(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(PathVariable.class))
                .anyMatch(parameter -> parameter.getParameterType() != String.class);
    }

    private static boolean has(Class<?> type, HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == type);
    }

    private static boolean hasAnnotated(
            Class<? extends Annotation> annotation, HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(annotation));
    }
}
