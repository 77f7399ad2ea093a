package holdfast.members;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.TenantId;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lets people in whom a provider of their tenant has signed in.
 *
 * <p>The browser goes there with a question and comes back with an answer. What the answer is held
 * against lies in a cookie meanwhile, which the way back takes away: so each answer counts once, in
 * the browser that asked, and on whatever node it arrives.
 */
@Component
public class OutsideSignIn {

    private static final Logger LOG = LoggerFactory.getLogger(OutsideSignIn.class);

    private static final String COOKIE = "holdfast-errand";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int LONGEST_NEXT = 1_000;

    private final Providers providers;
    private final StaffAccounts accounts;
    private final SignIn signIn;

    OutsideSignIn(Providers providers, StaffAccounts accounts, SignIn signIn) {
        this.providers = providers;
        this.accounts = accounts;
        this.signIn = signIn;
    }

    /** A way in beside the password. */
    public record Way(String name, String title) {}

    /** What came of it. */
    public enum Outcome {
        SIGNED_IN,
        /** The answer is to no question of this browser, too late, or used before. */
        STALE,
        /** The provider did not sign the person in, or the person changed their mind. */
        DECLINED,
        /** The provider knows the person, but nothing that they may do here. */
        NOBODY,
        /** The provider does not answer. */
        SILENT,
        /** The provider's answer cannot be believed. */
        UNUSABLE
    }

    /**
     * What came of it, and where to go on.
     *
     * @param next the page that was asked for before; empty if none was
     */
    public record Result(Outcome outcome, String next) {}

    /** In the order of the configuration. */
    public List<Way> ways(TenantId tenant) {
        return providers.of(tenant).stream()
                .map(each -> new Way(each.name(), each.title()))
                .toList();
    }

    /** Empty if the tenant has no such provider. */
    public Optional<Way> way(TenantId tenant, String name) {
        return ways(tenant).stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Where to send the browser; the answer carries the cookie that it has to bring back.
     *
     * @return empty if the provider does not answer
     */
    public Optional<URI> begin(
            TenantId tenant,
            String name,
            String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            var question = provider(tenant, name).question(request);
            var errand =
                    new Errand(
                            Objects.requireNonNull(question.getState()),
                            kept(question, OidcParameterNames.NONCE),
                            kept(question, PkceParameterNames.CODE_VERIFIER),
                            next.length() > LONGEST_NEXT ? "" : next);
            add(cookie(tenant, name, errand.text(), LONGEST, request), response);
            return Optional.of(URI.create(question.getAuthorizationRequestUri()));
        } catch (ProviderFailed failed) {
            LOG.warn("{}", failed.getMessage());
            return Optional.empty();
        }
    }

    /** Signs in whoever comes back; the answer carries the cookie of a new session. */
    public Result finish(
            TenantId tenant,
            String name,
            HttpServletRequest request,
            HttpServletResponse response) {
        var errand = errand(request);
        add(cookie(tenant, name, "", Duration.ZERO, request), response);
        var state = request.getParameter("state");
        if (errand.isEmpty() || state == null || !same(state, errand.get().state())) {
            return new Result(Outcome.STALE, "");
        }
        var next = errand.get().next();
        var code = request.getParameter("code");
        if (request.getParameter("error") != null || code == null || code.isEmpty()) {
            return new Result(Outcome.DECLINED, next);
        }
        try {
            var outsider = provider(tenant, name).whoCame(request, errand.get(), code);
            var member = accounts.comesIn(tenant, outsider);
            member.ifPresent(id -> signIn.begin(tenant, id, name, request, response));
            return new Result(member.isPresent() ? Outcome.SIGNED_IN : Outcome.NOBODY, next);
        } catch (ProviderFailed failed) {
            LOG.warn("{}", failed.getMessage());
            return new Result(failed.outcome(), next);
        }
    }

    private static String kept(OAuth2AuthorizationRequest question, String attribute) {
        return Objects.requireNonNull(question.<String>getAttribute(attribute));
    }

    private Provider provider(TenantId tenant, String name) {
        return providers.find(tenant, name).orElseThrow();
    }

    private static Optional<Errand> errand(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .map(Cookie::getValue)
                .findFirst()
                .flatMap(Errand::of);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    // Lax, since the browser brings it along from another site.
    private static ResponseCookie cookie(
            TenantId tenant, String name, String value, Duration age, HttpServletRequest request) {
        return ResponseCookie.from(COOKIE, value)
                .path(
                        "/staff/%s/sign-in/%s"
                                .formatted(UriUtils.encodePathSegment(tenant.text(), UTF_8), name))
                .maxAge(age)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .build();
    }

    private static void add(ResponseCookie cookie, HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
