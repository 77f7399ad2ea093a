package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Catalogues;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.TenantId;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Finds out, before a handler's arguments are made, which tenant and language a call is about, and
 * whether its query can be read: in this order, whatever the order of the handler's parameters.
 *
 * <p>A handler with a {@link Catalogue} or a {@link LanguageTag} parameter needs the header {@code
 * X-TENANT-ID}; others do not.
 */
@Component
final class CallContext implements HandlerInterceptor, HandlerMethodArgumentResolver {

    static final String TENANT_HEADER = "X-TENANT-ID";

    /** The request attribute by which everybody on the way finds the tenants. */
    static final String CATALOGUES = Catalogues.class.getName();

    static final Pattern PERSONAL =
            Pattern.compile("/(reservations|appointments|audit|customers|staff-members)(/|$)");

    private static final MediaType ANSWERS = MediaType.APPLICATION_JSON;

    private static final HeaderContentNegotiationStrategy ACCEPTED =
            new HeaderContentNegotiationStrategy();

    private static final Set<String> READS = Set.of("GET", "HEAD");

    private final Map<Method, Wants> wants = new ConcurrentHashMap<>();

    /** What a handler method asks for, looked up once. */
    private record Wants(
            boolean tenant, boolean language, QueryCheck query, boolean changesAndAnswersJson) {

        static Wants of(HandlerMethod handler) {
            var language = has(LanguageTag.class, handler);
            return new Wants(
                    language || has(Catalogue.class, handler),
                    language,
                    QueryCheck.of(handler),
                    changesAndAnswersJson(handler));
        }

        private static boolean changesAndAnswersJson(HandlerMethod handler) {
            var mapping =
                    AnnotatedElementUtils.findMergedAnnotation(
                            handler.getMethod(), RequestMapping.class);
            return mapping != null
                    && mapping.produces().length == 0
                    && !handler.isVoid()
                    && Arrays.stream(mapping.method()).noneMatch(RequestMethod.GET::equals);
        }

        private static boolean has(Class<?> type, HandlerMethod handler) {
            return Arrays.stream(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == type);
        }
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getName().startsWith("holdfast.")) {
            return true;
        }
        var user = request.getUserPrincipal();
        MDC.put(RequestTrace.ACTOR, user == null ? "anonymous" : user.getName());
        setCaching(request, response);
        var wanted = wants.computeIfAbsent(method.getMethod(), _ -> Wants.of(method));
        if (wanted.tenant()) {
            var catalogue = catalogue(request);
            MDC.put(RequestTrace.TENANT, catalogue.tenant().id().text());
            request.setAttribute(Catalogue.class.getName(), catalogue);
            if (wanted.language()) {
                var language = language(request, catalogue);
                request.setAttribute(LanguageTag.class.getName(), language);
                response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.locale().toLanguageTag());
            }
        }
        wanted.query().check(request);
        if (wanted.changesAndAnswersJson()) {
            checkThatJsonIsWanted(request);
        }
        return true;
    }

    // Spring looks when it writes the answer, and by then what was asked for has happened.
    private static void checkThatJsonIsWanted(HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        var accepted = ACCEPTED.resolveMediaTypes(new ServletWebRequest(request));
        if (accepted.stream().noneMatch(ANSWERS::isCompatibleWith)) {
            throw new HttpMediaTypeNotAcceptableException(List.of(ANSWERS));
        }
    }

    // Public data may be kept if it is asked for again each time; what may be personal not at all.
    private static void setCaching(HttpServletRequest request, HttpServletResponse response) {
        var isPublic =
                READS.contains(request.getMethod())
                        && !PERSONAL.matcher(request.getRequestURI()).find();
        response.setHeader(HttpHeaders.CACHE_CONTROL, isPublic ? "no-cache" : "no-store");
        response.addHeader(HttpHeaders.VARY, Languages.VARY);
    }

    private static Catalogue catalogue(HttpServletRequest request) {
        var named = Collections.list(request.getHeaders(TENANT_HEADER));
        if (named.size() != 1 || named.getFirst().isBlank()) {
            throw new RequestRefused(
                    Problems.problem(
                            "tenant-missing",
                            named.size() > 1
                                    ? phrase("X-TENANT-ID is sent more than once.")
                                    : phrase("The header X-TENANT-ID is missing.")));
        }
        return catalogueNamedBy(request).orElseThrow(CallContext::tenantUnknown);
    }

    /**
     * The catalogue of the tenant that a request names, wherever on its way it is; empty if it
     * names none, or was refused before it came in.
     */
    static Optional<Catalogue> catalogueNamedBy(HttpServletRequest request) {
        var named = request.getHeader(TENANT_HEADER);
        if (named == null || !(request.getAttribute(CATALOGUES) instanceof Catalogues catalogues)) {
            return Optional.empty();
        }
        try {
            return catalogues.find(TenantId.of(named));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static RequestRefused tenantUnknown() {
        return new RequestRefused(
                Problems.problem("tenant-unknown", "No tenant has the id in X-TENANT-ID."));
    }

    private static LanguageTag language(HttpServletRequest request, Catalogue catalogue) {
        return Languages.best(
                Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE)),
                catalogue.tenant());
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        var type = parameter.getParameterType();
        return type == Catalogue.class || type == LanguageTag.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return request.getAttribute(
                parameter.getParameterType().getName(), RequestAttributes.SCOPE_REQUEST);
    }
}
