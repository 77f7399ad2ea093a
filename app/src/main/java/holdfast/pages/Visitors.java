package holdfast.pages;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Catalogues;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.TenantId;
import holdfast.http.Languages;
import holdfast.http.Problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds out whose page is asked for, by the path variable {@code tenant}, and in which language,
 * and says in headers who may show the page in a frame.
 */
@Component
final class Visitors implements HandlerMethodArgumentResolver {

    /** The languages that the texts of the pages are in; English is British but for US readers. */
    static final Set<String> SPOKEN = Set.of("en", "fr", "nl", "de", "it", "es");

    /** For pages of nobody in particular. */
    static final String STRICTEST = policy("", "'none'");

    private static final LanguageTag ENGLISH = LanguageTag.of("en_GB");

    private final Catalogues catalogues;

    Visitors(Catalogues catalogues) {
        this.catalogues = catalogues;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Visitor.class;
    }

    @Override
    public Visitor resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return visitor(
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
                Objects.requireNonNull(request.getNativeResponse(HttpServletResponse.class)));
    }

    /**
     * @throws ErrorResponseException if there is no such tenant, or it wants no visitors
     */
    Visitor visitor(HttpServletRequest request, HttpServletResponse response) {
        var catalogue = catalogue(request);
        mustBeWelcome(request, catalogue);
        MDC.put("tenant", catalogue.tenant().id().text());
        var visitor = new Visitor(catalogue, language(request, catalogue), request);
        request.setAttribute(Visitor.class.getName(), visitor);
        PageLocale.set(request, visitor.locale());
        response.setHeader("Content-Security-Policy", policy(catalogue));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return visitor;
    }

    private Catalogue catalogue(HttpServletRequest request) {
        var path = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        try {
            return catalogues
                    .find(TenantId.of(String.valueOf(((Map<?, ?>) path).get("tenant"))))
                    .orElseThrow(Visitors::nobody);
        } catch (IllegalArgumentException noId) {
            throw nobody();
        }
    }

    /** Where calls take a token, the pages must be no way around it; the first one says so. */
    private static void mustBeWelcome(HttpServletRequest request, Catalogue catalogue) {
        if (request.getRequestURI().matches("/book/[^/]+/.*")
                && !catalogue.tenant().settings().allowsAnonymousBooking()) {
            throw new ErrorResponseException(
                    HttpStatus.UNAUTHORIZED,
                    Problems.problem(
                            "unauthenticated", "This tenant takes no bookings from visitors."),
                    null);
        }
    }

    private static ErrorResponseException nobody() {
        return new ErrorResponseException(
                HttpStatus.NOT_FOUND,
                Problems.problem("tenant-unknown", "Nobody takes bookings at this address."),
                null);
    }

    private static LanguageTag language(HttpServletRequest request, Catalogue catalogue) {
        var asked = request.getParameter(Page.Language.PARAMETER);
        var accepted = Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE));
        var languages = languages(catalogue);
        var usual = catalogue.tenant().defaultLanguage();
        return Languages.best(
                asked == null ? accepted : List.of(asked),
                languages,
                languages.contains(usual) ? usual : languages.getFirst());
    }

    /** Those of the tenant's languages that the pages have texts in; never empty. */
    static List<LanguageTag> languages(Catalogue catalogue) {
        var both =
                catalogue.tenant().languages().stream()
                        .filter(tag -> SPOKEN.contains(tag.locale().getLanguage()))
                        .toList();
        return both.isEmpty() ? List.of(ENGLISH) : both;
    }

    private static String policy(Catalogue catalogue) {
        var pages = catalogue.tenant().settings().pagesOrUsual();
        var ancestors =
                pages.frameAncestors().isEmpty()
                        ? "'none'"
                        : String.join(" ", pages.frameAncestors());
        var picture =
                pages.logo() == null ? "" : " " + pages.logo().replaceFirst("(//[^/]+)/.*", "$1");
        return policy(picture, ancestors);
    }

    private static String policy(String picture, String ancestors) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
                + picture
                + "; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
                + ancestors;
    }
}
