package holdfast.members;

import static holdfast.members.OutsideSignIn.Outcome.SILENT;
import static holdfast.members.OutsideSignIn.Outcome.STALE;
import static holdfast.members.OutsideSignIn.Outcome.UNUSABLE;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.TenantId;
import holdfast.security.Claims;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One provider and the conversation with it: the code flow of OpenID Connect, with PKCE. */
final class Provider {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LONGEST_NAME = 255;

    private static final Set<SignatureAlgorithm> ALGORITHMS =
            Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256);

    private final ProviderSettings settings;
    private final Clock clock;
    private final JdkClientHttpRequestFactory calls;
    private final OidcAuthorizationCodeAuthenticationProvider protocol;

    /** What it said of itself when it was first asked. */
    private volatile @Nullable Known known;

    private record Known(ClientRegistration registration, JwtDecoder idTokens) {}

    Provider(ProviderSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        calls =
                new JdkClientHttpRequestFactory(
                        HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        calls.setReadTimeout(PATIENCE);
        var codes = new RestClientAuthorizationCodeTokenResponseClient();
        codes.setRestClient(
                RestClient.builder()
                        .requestFactory(calls)
                        .configureMessageConverters(
                                converters ->
                                        converters
                                                .addCustomConverter(new FormHttpMessageConverter())
                                                .addCustomConverter(
                                                        new OAuth2AccessTokenResponseHttpMessageConverter()))
                        .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                        .build());
        protocol =
                new OidcAuthorizationCodeAuthenticationProvider(
                        codes, who -> new DefaultOidcUser(List.of(), who.getIdToken()));
        protocol.setJwtDecoderFactory(registration -> known().idTokens());
    }

    String name() {
        return settings.name();
    }

    String title() {
        return settings.title();
    }

    TenantId tenant() {
        return TenantId.of(settings.tenant());
    }

    boolean isTheOnlyWay() {
        return settings.only();
    }

    /**
     * Where to send the browser, and what it has to bring back.
     *
     * @throws ProviderFailed if it does not answer
     */
    OAuth2AuthorizationRequest question(HttpServletRequest request) {
        var registration = known().registration();
        var resolver = new DefaultOAuth2AuthorizationRequestResolver(name -> registration, "/-");
        resolver.setAuthorizationRequestCustomizer(
                OAuth2AuthorizationRequestCustomizers.withPkce());
        return Objects.requireNonNull(resolver.resolve(request, settings.name()));
    }

    /**
     * Exchanges the code for a token, and reads from it who came.
     *
     * @throws ProviderFailed if it does not answer, or not with a token for this errand
     */
    Outsider whoCame(HttpServletRequest request, Errand errand, String code) {
        var asked =
                OAuth2AuthorizationRequest.from(question(request))
                        .state(errand.state())
                        .attributes(
                                all -> {
                                    all.put(OidcParameterNames.NONCE, errand.nonce());
                                    all.put(PkceParameterNames.CODE_VERIFIER, errand.verifier());
                                })
                        .build();
        var answered =
                OAuth2AuthorizationResponse.success(code)
                        .redirectUri(Objects.requireNonNull(asked.getRedirectUri()))
                        .state(errand.state())
                        .build();
        try {
            var signedIn =
                    (OAuth2LoginAuthenticationToken)
                            protocol.authenticate(
                                    new OAuth2LoginAuthenticationToken(
                                            known().registration(),
                                            new OAuth2AuthorizationExchange(asked, answered)));
            return outsider(
                    (OidcUser)
                            Objects.requireNonNull(
                                    Objects.requireNonNull(signedIn).getPrincipal()));
        } catch (OAuth2AuthorizationException refused) {
            throw failed(refused.getError().getErrorCode(), refused);
        } catch (OAuth2AuthenticationException refused) {
            throw failed(refused.getError().getErrorCode(), refused);
        }
    }

    /**
     * Where the browser is signed out there and led back from.
     *
     * @return empty if it offers no such thing
     * @throws ProviderFailed if it does not answer
     */
    Optional<URI> signingOut(String back) {
        var registration = known().registration();
        return registration
                                .getProviderDetails()
                                .getConfigurationMetadata()
                                .get("end_session_endpoint")
                        instanceof String address
                ? Optional.of(
                        UriComponentsBuilder.fromUriString(address)
                                .queryParam("client_id", "{client}")
                                .queryParam("post_logout_redirect_uri", "{back}")
                                .encode()
                                .build(registration.getClientId(), back))
                : Optional.empty();
    }

    private Outsider outsider(OidcUser who) {
        var claims = who.getClaims();
        var subject = Objects.requireNonNull(who.getSubject());
        var roles =
                Claims.words(claims, settings.rolesClaim())
                        .flatMap(word -> settings.roleOf(word).stream())
                        .distinct()
                        .sorted()
                        .toList();
        return new Outsider(
                settings.name(),
                settings.issuer().toString(),
                subject,
                greeting(claims, subject),
                roles);
    }

    private String greeting(Map<String, Object> claims, String otherwise) {
        var name =
                Stream.of(settings.nameClaim(), "preferred_username")
                        .flatMap(claim -> Stream.ofNullable(Claims.find(claims, claim)))
                        .map(claim -> claim.toString().strip())
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(otherwise);
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private ProviderFailed failed(String error, Exception cause) {
        var outcome =
                isSilence(cause)
                        ? SILENT
                        : error.equals(OAuth2ErrorCodes.INVALID_GRANT) ? STALE : UNUSABLE;
        return new ProviderFailed(
                outcome,
                "The sign-in provider %s signed nobody in: %s".formatted(name(), error),
                cause);
    }

    private static boolean isSilence(Throwable cause) {
        return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                .anyMatch(IOException.class::isInstance);
    }

    /** Asked for once; while it does not answer, anew with each who wants to sign in. */
    private Known known() {
        var before = known;
        if (before != null) {
            return before;
        }
        var registration = registration(described());
        var found = new Known(registration, idTokens(registration));
        known = found;
        return found;
    }

    private Map<String, Object> described() {
        try {
            return Objects.requireNonNull(
                    RestClient.builder()
                            .requestFactory(calls)
                            .build()
                            .get()
                            .uri(
                                    URI.create(
                                            settings.issuer()
                                                    + "/.well-known/openid-configuration"))
                            .retrieve()
                            .body(new ParameterizedTypeReference<Map<String, Object>>() {}));
        } catch (RestClientException | NullPointerException silent) {
            throw new ProviderFailed(
                    SILENT,
                    "The sign-in provider %s does not describe itself".formatted(name()),
                    silent);
        }
    }

    private ClientRegistration registration(Map<String, Object> described) {
        if (!settings.issuer().toString().equals(described.get("issuer"))) {
            throw new ProviderFailed(
                    UNUSABLE,
                    "The sign-in provider %s says it is %s"
                            .formatted(name(), described.get("issuer")));
        }
        try {
            var registration =
                    ClientRegistrations.fromOidcConfiguration(described)
                            .registrationId(name())
                            .clientId(settings.clientId())
                            .scope(settings.scopes())
                            .redirectUri(
                                    "{baseUrl}/staff/%s/sign-in/{registrationId}/done"
                                            .formatted(UriUtils.encode(settings.tenant(), UTF_8)));
            return settings.clientSecret() == null
                    ? registration
                            .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                            .build()
                    : registration.clientSecret(settings.clientSecret()).build();
        } catch (IllegalArgumentException incomplete) {
            throw new ProviderFailed(
                    UNUSABLE,
                    "The sign-in provider %s does not say where its endpoints are"
                            .formatted(name()),
                    incomplete);
        }
    }

    private JwtDecoder idTokens(ClientRegistration registration) {
        var reader =
                NimbusJwtDecoder.withJwkSetUri(
                                Objects.requireNonNull(
                                        registration.getProviderDetails().getJwkSetUri()))
                        .jwsAlgorithms(all -> all.addAll(ALGORITHMS))
                        .restOperations(new RestTemplate(calls))
                        .build();
        var good = new OidcIdTokenValidator(registration);
        good.setClock(clock);
        reader.setJwtValidator(new DelegatingOAuth2TokenValidator<>(good));
        return reader;
    }
}
