package holdfast.members;

import holdfast.http.Hardening;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.util.UriComponentsBuilder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Who may see which page below {@code /staff}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignInSettings.class)
class StaffSecurity {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:;"
                    + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'";

    @Bean
    @Order(0)
    SecurityFilterChain staffPages(HttpSecurity http, Sessions sessions) {
        http.securityMatcher("/staff/**");
        http.authorizeHttpRequests(
                pages ->
                        pages.dispatcherTypeMatchers(
                                        DispatcherType.ERROR,
                                        DispatcherType.FORWARD,
                                        DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(
                                        "/staff/{tenant}/sign-in",
                                        "/staff/{tenant}/sign-in/{provider}",
                                        "/staff/{tenant}/sign-in/{provider}/done")
                                .permitAll()
                                .requestMatchers("/staff/{tenant}/desk/**")
                                .access(has(Role.STAFF))
                                .requestMatchers("/staff/{tenant}/figures/**")
                                .access(has(Role.REPORTING))
                                .requestMatchers("/staff/{tenant}/catalogue/**")
                                .access(has(Role.MANAGER))
                                .requestMatchers("/staff/{tenant}/audit/**")
                                .access(has(Role.AUDITOR))
                                .anyRequest()
                                .authenticated());
        http.addFilterBefore(new SessionCookie(sessions), AnonymousAuthenticationFilter.class);
        http.exceptionHandling(
                no ->
                        no.authenticationEntryPoint(
                                        (request, response, cause) ->
                                                askToSignIn(request, response))
                                .accessDeniedHandler(
                                        (request, response, cause) ->
                                                request.getRequestDispatcher(deniedPage(request))
                                                        .forward(request, response)));
        http.csrf(forms -> forms.csrfTokenRepository(formTokens()));
        // Who is signed in is found anew with each request, so there is nothing to keep, and no
        // request counts as a signing in: a form stays good while other pages are looked at.
        http.securityContext(
                found ->
                        found.securityContextRepository(
                                new RequestAttributeSecurityContextRepository()));
        http.sessionManagement(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .headers(
                        headers ->
                                headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                                        .referrerPolicy(
                                                policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                                        .permissionsPolicyHeader(
                                                policy -> policy.policy(Hardening.PERMISSIONS))
                                        // other services may live below this one's name
                                        .httpStrictTransportSecurity(
                                                https -> https.includeSubDomains(false))
                                        .contentSecurityPolicy(
                                                policy -> policy.policyDirectives(POLICY)));
        return http.build();
    }

    /** The token that a form must bring along lies in a cookie that no other site can read. */
    private static CookieCsrfTokenRepository formTokens() {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("holdfast-form");
        tokens.setCookiePath("/staff");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return tokens;
    }

    private static AuthorizationManager<RequestAuthorizationContext> has(Role role) {
        return (caller, call) ->
                new AuthorizationDecision(
                        caller.get() instanceof SignedIn signedIn && signedIn.is(role));
    }

    /** Leads back to the page that was asked for; a part of a page is left to its page. */
    private static void askToSignIn(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var tenant = SessionCookie.tenantOf(request);
        if (tenant.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var page = UriComponentsBuilder.fromPath("/staff/{tenant}/sign-in");
        if (request.getMethod().equals("GET")) {
            page.queryParam("continue", "{page}");
        }
        var query = request.getQueryString();
        var asked = request.getRequestURI() + (query == null ? "" : "?" + query);
        var address =
                page.encode(StandardCharsets.UTF_8)
                        .build(Map.of("tenant", tenant.get().text(), "page", asked));
        if (request.getHeader("HX-Request") == null) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, address.toString());
        } else {
            response.setHeader("HX-Redirect", address.toString());
        }
    }

    private static String deniedPage(HttpServletRequest request) {
        return "/staff/%s/denied".formatted(request.getRequestURI().split("/", 4)[2]);
    }
}
