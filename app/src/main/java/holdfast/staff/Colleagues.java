package holdfast.staff;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Catalogues;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.TenantId;
import holdfast.http.Languages;
import holdfast.http.Problems;
import holdfast.members.SignedIn;
import holdfast.pages.Page;
import holdfast.pages.PageLocale;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds out who works on a page, by the path variable {@code tenant} and the session, and in which
 * language; puts what every page of the staff shows into its model.
 */
@Configuration(proxyBeanMethods = false)
public class Colleagues implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    static final LanguageTag ENGLISH = LanguageTag.of("en_GB");
    static final LanguageTag GERMAN = LanguageTag.of("de_DE");

    /** The parameter, and the cookie, that name a chosen language. */
    private final Catalogues catalogues;

    Colleagues(Catalogues catalogues) {
        this.catalogues = catalogues;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Colleague.class;
    }

    @Override
    public Colleague resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var colleague =
                find(
                        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
                        Objects.requireNonNull(
                                request.getNativeResponse(HttpServletResponse.class)));
        if (container != null) {
            container.addAllAttributes(shown(colleague));
        }
        return colleague;
    }

    static Map<String, Object> shown(Colleague colleague) {
        return Map.of(
                "me",
                colleague,
                "page",
                colleague.page(),
                "foot",
                colleague.catalogue().tenant().name());
    }

    /**
     * @throws ErrorResponseException if there is no such tenant
     */
    Colleague find(HttpServletRequest request, HttpServletResponse response) {
        var catalogue = catalogue(request);
        MDC.put("tenant", catalogue.tenant().id().text());
        var language = language(request, response);
        var tenant = catalogue.tenant();
        var colleague =
                new Colleague(
                        catalogue,
                        language.locale(),
                        Languages.best(
                                List.of(language.locale().toLanguageTag()),
                                tenant.languages(),
                                tenant.defaultLanguage()),
                        request.getUserPrincipal() instanceof SignedIn signedIn ? signedIn : null,
                        Page.Language.here(request));
        PageLocale.set(request, colleague.locale());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return colleague;
    }

    private Catalogue catalogue(HttpServletRequest request) {
        var path = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        try {
            return catalogues
                    .find(TenantId.of(String.valueOf(((Map<?, ?>) path).get("tenant"))))
                    .orElseThrow(Colleagues::nobody);
        } catch (IllegalArgumentException noId) {
            throw nobody();
        }
    }

    private static ErrorResponseException nobody() {
        return new ErrorResponseException(
                HttpStatus.NOT_FOUND,
                Problems.problem("tenant-unknown", "Nobody works at this address."),
                null);
    }

    /** As chosen now, as chosen before, or as the browser asks for. */
    private static LanguageTag language(HttpServletRequest request, HttpServletResponse response) {
        var chosen = request.getParameter(Page.Language.PARAMETER);
        if (chosen != null) {
            var language = best(List.of(chosen));
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    ResponseCookie.from(Page.Language.PARAMETER, language.locale().toLanguageTag())
                            .path("/staff")
                            .httpOnly(true)
                            .secure(request.isSecure())
                            .sameSite("Lax")
                            .build()
                            .toString());
            return language;
        }
        var before =
                cookies(request)
                        .filter(cookie -> cookie.getName().equals(Page.Language.PARAMETER))
                        .map(Cookie::getValue)
                        .toList();
        return best(
                before.isEmpty()
                        ? Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE))
                        : before);
    }

    private static Stream<Cookie> cookies(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null ? Stream.empty() : Arrays.stream(cookies);
    }

    private static LanguageTag best(List<String> wanted) {
        return Languages.best(wanted, List.of(ENGLISH, GERMAN), ENGLISH);
    }
}
