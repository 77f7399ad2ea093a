package holdfast.security;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.Catalogues;
import holdfast.catalogue.Phrase;
import holdfast.catalogue.TenantId;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Decides whether a request may go on, by its token, its tenant and the scopes a path asks for. */
final class AccessRules {

    static final String TENANT_HEADER = "X-TENANT-ID";

    /** In an operator's token: it works in every tenant. Other tokens have the claim "tenant". */
    static final String EVERY_TENANT = "every_tenant";

    private static final Decision GRANTED = new Decision(true, phrase(""));

    /** Why not, for people. */
    static final class Decision extends AuthorizationDecision {
        final Phrase detail;

        Decision(boolean granted, Phrase detail) {
            super(granted);
            this.detail = detail;
        }
    }

    private final Catalogues catalogues;

    AccessRules(Catalogues catalogues) {
        this.catalogues = catalogues;
    }

    /** A token of this tenant with one of the scopes. */
    AuthorizationManager<RequestAuthorizationContext> needs(Scope... anyOf) {
        return (caller, call) -> byToken(caller, call.getRequest(), Set.of(anyOf));
    }

    /** A token of this tenant, whatever its scopes, or none where the tenant books without. */
    AuthorizationManager<RequestAuthorizationContext> readsWhatIsBookable() {
        return booking(Scope.values());
    }

    /** As {@link #needs}, or anybody where the tenant allows booking without a token. */
    AuthorizationManager<RequestAuthorizationContext> booking(Scope... anyOf) {
        return (caller, call) -> {
            var request = call.getRequest();
            if (!mayBookAnonymously(request)) {
                return byToken(caller, request, Set.of(anyOf));
            }
            // whoever has a token has at least the rights of somebody without
            return caller.get() instanceof JwtAuthenticationToken token
                    ? inItsTenant(token, request)
                    : GRANTED;
        };
    }

    /** An operator, or a caller on this very machine, such as a metrics collector beside it. */
    AuthorizationManager<RequestAuthorizationContext> operatorOrThisMachine() {
        return (caller, call) ->
                isFromThisMachine(call.getRequest())
                        ? GRANTED
                        : byToken(caller, call.getRequest(), Set.of(Scope.OPERATOR));
    }

    private static Decision byToken(
            Supplier<? extends Authentication> caller,
            HttpServletRequest request,
            Set<Scope> anyOf) {
        if (!(caller.get() instanceof JwtAuthenticationToken token)) {
            return new Decision(
                    false, phrase("This call needs a bearer token from /oauth2/token."));
        }
        var inTenant = inItsTenant(token, request);
        if (!inTenant.isGranted()) {
            return inTenant;
        }
        var has = token.getAuthorities().stream().map(Object::toString).collect(Collectors.toSet());
        return anyOf.stream().map(Scope::authority).anyMatch(has::contains)
                ? GRANTED
                : new Decision(
                        false,
                        phrase(
                                "This call needs a token with one of these scopes: %s.",
                                anyOf.stream()
                                        .sorted()
                                        .map(Scope::toString)
                                        .collect(Collectors.joining(", "))));
    }

    private static Decision inItsTenant(JwtAuthenticationToken token, HttpServletRequest request) {
        if (Boolean.TRUE.equals(token.getToken().getClaim(EVERY_TENANT))) {
            return GRANTED;
        }
        var tenant = token.getToken().getClaimAsString(Clients.TENANT);
        // all of them: whoever reads the header later may take the first or the last
        var asked = Collections.list(request.getHeaders(TENANT_HEADER));
        return tenant != null && asked.stream().allMatch(tenant::equals)
                ? GRANTED
                : new Decision(false, phrase("This token belongs to another tenant."));
    }

    // A missing or unknown tenant is let through: its answer is 400 or 404, and given further on.
    private boolean mayBookAnonymously(HttpServletRequest request) {
        return tenantOf(request)
                .flatMap(catalogues::find)
                .map(catalogue -> catalogue.tenant().settings().allowsAnonymousBooking())
                .orElse(true);
    }

    /** The tenant a request names; empty if it names none, or what cannot be one. */
    static Optional<TenantId> tenantOf(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getHeader(TENANT_HEADER)).map(TenantId::of);
        } catch (IllegalArgumentException noTenantHasThisId) {
            return Optional.empty();
        }
    }

    // A proxy on this machine says for whom it asks; what it forwards is not from here.
    private static boolean isFromThisMachine(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                    && request.getHeader("Forwarded") == null
                    && request.getHeader("X-Forwarded-For") == null;
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
