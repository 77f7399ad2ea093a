package holdfast.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

import java.net.MalformedURLException;
import java.net.URL;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the tokens of somebody else and makes them say what ours say: one tenant, our scopes, and
 * a subject that none of our clients can have.
 */
final class OutsideIssuer {

    private static final int MILLIS_TO_CONNECT = 2_000;
    private static final int MILLIS_TO_READ = 2_000;
    private static final int MOST_BYTES = 256 * 1_024;

    private static final long MILLIS_KEPT = 5 * 60_000;
    private static final long MILLIS_KEPT_WHILE_OUT = 60 * 60_000;

    /** Two looks in so many milliseconds, whatever keys are named to us. */
    private static final long MILLIS_BETWEEN_LOOKS = 30_000;

    /** It goes into logs and events, so it has neither spaces nor line ends. */
    private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,100}");

    private final IssuerSettings settings;
    private final Map<String, Scope> scopes;
    private final NimbusJwtDecoder reader;

    /** Whether it did not answer when it was asked last. */
    private volatile boolean silent;

    OutsideIssuer(IssuerSettings settings) {
        this.settings = settings;
        scopes = new HashMap<>();
        settings.scopes().forEach((theirs, ours) -> scopes.put(theirs, Scope.of(ours)));
        var tokens = new DefaultJWTProcessor<SecurityContext>();
        tokens.setJWSKeySelector(
                new JWSVerificationKeySelector<>(
                        settings.algorithms().stream()
                                .map(JWSAlgorithm::parse)
                                .collect(Collectors.toSet()),
                        keys(settings)));
        tokens.setJWTClaimsSetVerifier((claims, context) -> {}); // by the validators below
        reader = new NimbusJwtDecoder(tokens);
        reader.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        new JwtTimestampValidator(),
                        new JwtIssuerValidator(uri()),
                        new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull),
                        new JwtClaimValidator<List<String>>(
                                JwtClaimNames.AUD,
                                audience ->
                                        audience != null
                                                && audience.contains(settings.audience()))));
    }

    private static JWKSource<SecurityContext> keys(IssuerSettings settings) {
        return JWKSourceBuilder.<SecurityContext>create(
                        url(settings),
                        new DefaultResourceRetriever(MILLIS_TO_CONNECT, MILLIS_TO_READ, MOST_BYTES))
                .cache(MILLIS_KEPT, MILLIS_TO_CONNECT + MILLIS_TO_READ)
                .refreshAheadCache(false)
                .rateLimited(MILLIS_BETWEEN_LOOKS)
                .outageTolerant(MILLIS_KEPT_WHILE_OUT)
                .build();
    }

    private static URL url(IssuerSettings settings) {
        try {
            return settings.jwkSetUri().toURL();
        } catch (MalformedURLException noAddress) {
            throw new IllegalArgumentException(noAddress);
        }
    }

    String uri() {
        return settings.uri().toString();
    }

    /**
     * @throws BadJwtException if the token is not good
     * @throws IssuerSilent if the issuer's keys cannot be had
     */
    Jwt decode(String token) {
        try {
            var theirs = reader.decode(token);
            silent = false;
            return asOurs(theirs);
        } catch (BadJwtException refused) {
            throw refused;
        } catch (JwtException failed) {
            var looksTooOften = failed.getCause() instanceof RateLimitReachedException;
            if (failed.getCause() instanceof JWKSetUnavailableException && !looksTooOften) {
                silent = true;
            }
            if (silent) {
                throw new IssuerSilent(settings.name(), failed);
            }
            throw new BadJwtException("The token cannot be checked", failed);
        }
    }

    private Jwt asOurs(Jwt theirs) {
        var subject = theirs.getSubject();
        if (subject == null || !SUBJECT.matcher(subject).matches()) {
            throw new BadJwtException("The token has no subject that can be written down");
        }
        var granted = scopesOf(theirs);
        var claims = new LinkedHashMap<String, Object>();
        claims.put(JwtClaimNames.ISS, uri());
        claims.put(JwtClaimNames.SUB, settings.name() + "/" + subject);
        claims.put(JwtClaimNames.EXP, Objects.requireNonNull(theirs.getExpiresAt()));
        claims.put("scope", granted.stream().map(Scope::toString).toList());
        if (granted.contains(Scope.OPERATOR)) {
            claims.put(AccessRules.EVERY_TENANT, true);
        } else if (Claims.find(theirs.getClaims(), settings.tenantClaim())
                instanceof String tenant) {
            claims.put(Clients.TENANT, tenant);
        }
        return Jwt.withTokenValue(theirs.getTokenValue())
                .headers(headers -> headers.putAll(theirs.getHeaders()))
                .claims(all -> all.putAll(claims))
                .build();
    }

    private Set<Scope> scopesOf(Jwt theirs) {
        return Claims.words(theirs.getClaims(), settings.scopeClaim())
                .flatMap(this::scopeOf)
                .filter(scope -> scope != Scope.OPERATOR || settings.operators())
                .collect(Collectors.toSet());
    }

    private Stream<Scope> scopeOf(String word) {
        return scopes.isEmpty()
                ? Arrays.stream(Scope.values()).filter(scope -> scope.toString().equals(word))
                : Stream.ofNullable(scopes.get(word));
    }
}
