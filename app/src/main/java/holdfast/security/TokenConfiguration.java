package holdfast.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

import holdfast.customer.MasterKey;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** Wires what gives tokens and what reads them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenTimes.class)
class TokenConfiguration {

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
                                                TokenConfiguration::tokenRequest)));
        http.authorizeHttpRequests(calls -> calls.anyRequest().authenticated());
        return SecurityConfiguration.hardened(http).build();
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
    OAuth2TokenCustomizer<JwtEncodingContext> whoseTokenItIs() {
        return token -> {
            var client = token.getRegisteredClient().getClientSettings();
            var tenant = client.getSetting(Clients.TENANT);
            if (tenant == null) {
                token.getClaims().claim(AccessRules.EVERY_TENANT, true);
            } else {
                token.getClaims().claim(Clients.TENANT, tenant);
            }
            token.getClaims()
                    .claim(
                            EndedGrants.GRANT,
                            Objects.requireNonNull(client.getSetting(EndedGrants.GRANT)));
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
    TokenKeys tokenKeys(MasterKey master, JdbcClient jdbc, Clock clock, TokenTimes times) {
        return new TokenKeys(master, jdbc, clock, times);
    }

    @Bean
    JwtEncoder tokenWriter(TokenKeys keys) {
        return new NimbusJwtEncoder((wanted, context) -> List.of(keys.signing()));
    }

    @Bean
    OutsideIssuers outsideIssuers(Environment settings) {
        return new OutsideIssuers(
                Binder.get(settings)
                        .bind("holdfast.issuers", Bindable.listOf(IssuerSettings.class))
                        .orElse(List.of()));
    }

    @Bean
    EndedGrants endedGrants(JdbcClient jdbc, Clock clock) {
        return new EndedGrants(jdbc, clock);
    }

    @Bean
    JwtDecoder tokenReader(
            TokenKeys keys, EndedGrants grants, OutsideIssuers outside, Clock clock) {
        JWKSource<SecurityContext> published = keys;
        return new KnownTokens(
                OAuth2AuthorizationServerConfiguration.jwtDecoder(published),
                keys,
                grants,
                outside,
                clock);
    }

    @Bean
    Clients oauthClients(JdbcClient jdbc, SecretDigest digest, EndedGrants grants, Clock clock) {
        return new Clients(jdbc, digest, grants, clock);
    }

    @Bean
    FirstOperator firstOperator(Clients clients, Environment settings) {
        return new FirstOperator(
                clients,
                settings.getProperty("holdfast.operator-id"),
                settings.getProperty("holdfast.operator-secret"));
    }
}
