package holdfast.security;

import static holdfast.security.Scope.AUDITOR;
import static holdfast.security.Scope.BOOK;
import static holdfast.security.Scope.CANCEL;
import static holdfast.security.Scope.MANAGER;
import static holdfast.security.Scope.OPERATOR;
import static holdfast.security.Scope.REPORTING;
import static holdfast.security.Scope.RESCHEDULE;
import static holdfast.security.Scope.STAFF;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import holdfast.catalogue.Catalogues;
import holdfast.customer.MasterKey;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerMapping;

import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;

/** Wires this package. The second chain is the table of who may call what. */
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
    @Order(1)
    SecurityFilterChain tokenSecurity(HttpSecurity http) {
        // Only these two: of the authorization server's other endpoints none is for machines.
        http.securityMatcher("/oauth2/token", "/oauth2/jwks");
        http.oauth2AuthorizationServer(
                server ->
                        server.tokenEndpoint(
                                token ->
                                        token.accessTokenRequestConverter(
                                                SecurityConfiguration::tokenRequest)));
        http.authorizeHttpRequests(calls -> calls.anyRequest().authenticated());
        return hardened(http).build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain callSecurity(
            HttpSecurity http, AccessRules rules, SecurityProblems problems) {
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
                                .requestMatchers("/admin/v1/tenants/**", "/admin/v1/projections/**")
                                .access(rules.needs(OPERATOR))
                                .requestMatchers("/admin/v1/appointments/**")
                                .access(rules.needs(STAFF))
                                .requestMatchers("/admin/v1/closures/**")
                                .access(rules.needs(MANAGER, STAFF))
                                .requestMatchers("/admin/v1/**")
                                .access(rules.needs(MANAGER))
                                .requestMatchers("/audit/v1/**")
                                .access(rules.needs(AUDITOR))
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
        return hardened(http).build();
    }

    // No cookie ever says who calls, so there is nothing a foreign page could make a browser do.
    private static HttpSecurity hardened(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .headers(
                        headers ->
                                headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                                        .referrerPolicy(
                                                policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                                        .contentSecurityPolicy(
                                                policy ->
                                                        policy.policyDirectives(
                                                                "default-src 'self'; img-src 'self'"
                                                                    + " data:; style-src 'self'"
                                                                    + " 'unsafe-inline'; object-src"
                                                                    + " 'none'; base-uri 'none';"
                                                                    + " form-action 'self';"
                                                                    + " frame-ancestors 'none'")));
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

    /** A client that asks for no scope in particular gets all it has. */
    private static @Nullable Authentication tokenRequest(HttpServletRequest request) {
        AuthenticationConverter standard = new OAuth2ClientCredentialsAuthenticationConverter();
        return standard.convert(request) instanceof OAuth2ClientCredentialsAuthenticationToken asked
                        && asked.getScopes().isEmpty()
                        && asked.getPrincipal() instanceof OAuth2ClientAuthenticationToken client
                        && client.getRegisteredClient() != null
                ? new OAuth2ClientCredentialsAuthenticationToken(
                        client,
                        client.getRegisteredClient().getScopes(),
                        asked.getAdditionalParameters())
                : standard.convert(request);
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tenantOfToken() {
        return token -> {
            var tenant = token.getRegisteredClient().getClientSettings().getSetting(Clients.TENANT);
            if (tenant == null) {
                token.getClaims().claim(AccessRules.EVERY_TENANT, true);
            } else {
                token.getClaims().claim(Clients.TENANT, tenant);
            }
        };
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    IssuedTokens issuedTokens() {
        return new IssuedTokens();
    }

    @Bean
    SharedKeys sharedKeys(MasterKey master, JdbcClient jdbc) {
        return new SharedKeys(master, jdbc);
    }

    @Bean
    JWKSource<SecurityContext> tokenSigningKeys(SharedKeys keys) {
        return new ImmutableJWKSet<>(new JWKSet(keys.tokenSigning()));
    }

    @Bean
    JwtDecoder tokenReader(JWKSource<SecurityContext> keys, Clock clock) {
        return new KnownTokens(OAuth2AuthorizationServerConfiguration.jwtDecoder(keys), clock);
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
    Clients oauthClients(JdbcClient jdbc, SecretDigest digest, Clock clock) {
        return new Clients(jdbc, digest, clock);
    }

    @Bean
    FirstOperator firstOperator(Clients clients, Environment settings) {
        return new FirstOperator(
                clients,
                settings.getProperty("holdfast.operator-id"),
                settings.getProperty("holdfast.operator-secret"));
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
