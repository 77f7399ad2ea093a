package holdfast.security;

import static holdfast.security.Scope.AUDITOR;
import static holdfast.security.Scope.BOOK;
import static holdfast.security.Scope.CANCEL;
import static holdfast.security.Scope.MANAGER;
import static holdfast.security.Scope.OPERATOR;
import static holdfast.security.Scope.REPORTING;
import static holdfast.security.Scope.RESCHEDULE;
import static holdfast.security.Scope.STAFF;

import holdfast.catalogue.Catalogues;
import holdfast.customer.MasterKey;
import holdfast.http.Hardening;

import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerMapping;

import java.util.Arrays;
import java.util.stream.Stream;

/** The table of who may call what, and what every answer is protected by. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String[] OPEN = {
        "/",
        "/actuator/health/**",
        "/v3/api-docs/**",
        "/v3/api-docs.yaml",
        "/swagger-ui.html",
        "/swagger-ui/**",
        "/webjars/**",
        "/problems/**",
        "/favicon.ico"
    };

    /** Whose id is known finds much here, so it takes a token even where booking takes none. */
    private static final String[] SEARCHES = {
        "/appointments/search",
        "/external/v1/appointments/search",
        "/serviceCombination/appointments/search",
        "/external/v1/serviceCombination/appointments/search"
    };

    @Bean
    @Order(2)
    SecurityFilterChain callSecurity(
            HttpSecurity http,
            AccessRules rules,
            SecurityProblems problems,
            Catalogues catalogues) {
        http.authorizeHttpRequests(
                calls ->
                        calls.dispatcherTypeMatchers(
                                        DispatcherType.ERROR,
                                        DispatcherType.FORWARD,
                                        DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(OPEN)
                                .permitAll()
                                .requestMatchers("/actuator/prometheus")
                                .access(rules.operatorOrThisMachine())
                                .requestMatchers(SEARCHES)
                                .access(rules.needs(BOOK, STAFF))
                                .requestMatchers(
                                        HttpMethod.GET,
                                        spellings("/services/**", "/serviceCombination/branch/**"))
                                .access(rules.readsWhatIsBookable())
                                .requestMatchers(
                                        HttpMethod.GET,
                                        spellings("/reservations/**", "/appointments/**"))
                                .access(rules.booking(BOOK, RESCHEDULE, CANCEL, STAFF))
                                .requestMatchers(HttpMethod.PUT, spellings("/appointments/{id}"))
                                .access(rules.booking(RESCHEDULE, STAFF))
                                .requestMatchers(HttpMethod.DELETE, spellings("/appointments/{id}"))
                                .access(rules.booking(CANCEL, STAFF))
                                .requestMatchers(
                                        spellings(
                                                "/services/**",
                                                "/serviceCombination/**",
                                                "/reservations/**",
                                                "/appointments/**"))
                                .access(rules.booking(BOOK, STAFF))
                                .requestMatchers("/external/v1/**")
                                .access(rules.readsWhatIsBookable())
                                .requestMatchers(
                                        "/admin/v1/tenants/**",
                                        "/admin/v1/projections/**",
                                        "/admin/v1/token-keys/**")
                                .access(rules.needs(OPERATOR))
                                .requestMatchers("/admin/v1/appointments/**")
                                .access(rules.needs(STAFF))
                                .requestMatchers("/admin/v1/closures/**")
                                .access(rules.needs(MANAGER, STAFF))
                                .requestMatchers("/admin/v1/**")
                                .access(rules.needs(MANAGER))
                                .requestMatchers("/audit/v1/**")
                                .access(rules.needs(AUDITOR))
                                .requestMatchers(HttpMethod.POST, "/reports/v1/what-if")
                                .access(rules.needs(REPORTING, MANAGER))
                                .requestMatchers("/reports/v1/**")
                                .access(rules.needs(REPORTING))
                                .anyRequest()
                                .denyAll());
        http.oauth2ResourceServer(
                server ->
                        server.jwt(jwt -> {})
                                .authenticationEntryPoint(problems)
                                .accessDeniedHandler(problems));
        http.exceptionHandling(
                faults -> faults.authenticationEntryPoint(problems).accessDeniedHandler(problems));
        http.addFilterBefore(new ActorInLog(), AuthorizationFilter.class);
        http.addFilterAfter(new CrossOrigin(catalogues), HeaderWriterFilter.class);
        return hardened(http).build();
    }

    // No cookie ever says who calls, so there is nothing a foreign page could make a browser do.
    static HttpSecurity hardened(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .headers(SecurityConfiguration::harden);
    }

    private static void harden(HeadersConfigurer<HttpSecurity> headers) {
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(policy -> policy.policy(Hardening.PERMISSIONS))
                // other services may live below this one's name
                .httpStrictTransportSecurity(https -> https.includeSubDomains(false))
                .addHeaderWriter(Hardening::limitContent);
    }

    /**
     * Each path with the prefix and without. What exists answers below {@code /serviceCombination},
     * too, and to nobody else.
     */
    private static String[] spellings(String... paths) {
        return Arrays.stream(paths)
                .flatMap(
                        path ->
                                path.matches("/(reservations|appointments)/.*")
                                        ? Stream.of(path, "/serviceCombination" + path)
                                        : Stream.of(path))
                .flatMap(path -> Stream.of(path, "/external/v1" + path))
                .toArray(String[]::new);
    }

    @Bean
    SharedKeys sharedKeys(MasterKey master, JdbcClient jdbc) {
        return new SharedKeys(master, jdbc);
    }

    /**
     * Requests are measured as a whole; each security filter by itself costs more than it tells.
     */
    @Bean
    SecurityObservationSettings wholeRequestsOnly() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecretDigest secretDigest(SharedKeys keys) {
        return new SecretDigest(keys.clientSecrets());
    }

    @Bean
    RequestDigest requestDigest(SharedKeys keys) {
        return new RequestDigest(keys.requests());
    }

    @Bean
    AccessRules accessRules(Catalogues catalogues) {
        return new AccessRules(catalogues);
    }

    @Bean
    SecurityProblems securityProblems(ObjectProvider<HandlerMapping> mappings) {
        return new SecurityProblems(new Addresses(mappings));
    }
}
