package holdfast.security;

import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Somebody else whose tokens are good here ({@code holdfast.issuers[n]}).
 *
 * @param name short; the log calls whoever comes with such a token {@code name/subject}. Lower-case
 *     letters, digits and hyphens
 * @param uri what the tokens have as {@code iss}, to the letter
 * @param jwkSetUri where its public keys are
 * @param audience what the tokens must have among their {@code aud}
 * @param algorithms what it may sign with; never a shared secret
 * @param tenantClaim which claim has the tenant's id. A dot leads into a claim's members, unless a
 *     claim is called so
 * @param scopeClaim which claim has scopes or roles: a list, or a text with spaces between
 * @param scopes which of our scopes its words stand for; empty: it uses ours. Others are passed
 *     over
 * @param operators whether the scope {@code operator} may come from there; such a token belongs to
 *     every tenant
 */
record IssuerSettings(
        String name,
        URI uri,
        URI jwkSetUri,
        String audience,
        @DefaultValue({"RS256", "PS256", "ES256"}) List<String> algorithms,
        @DefaultValue("tenant") String tenantClaim,
        @DefaultValue("scope") String scopeClaim,
        @DefaultValue Map<String, String> scopes,
        @DefaultValue("false") boolean operators) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    IssuerSettings {
        require(name != null && NAME.matcher(name).matches(), "name", "a short name");
        require(uri != null && uri.isAbsolute(), "uri", "what its tokens have as iss");
        require(
                jwkSetUri != null && isHttp(jwkSetUri),
                "jwk-set-uri",
                "the address of its public keys");
        require(audience != null && !audience.isBlank(), "audience", "who its tokens are for");
        require(
                !algorithms.isEmpty()
                        && algorithms.stream()
                                .allMatch(each -> each.matches("(RS|PS|ES)(256|384|512)")),
                "algorithms",
                "RS256, PS256, ES256 or their longer forms");
    }

    private static boolean isHttp(URI address) {
        return List.of("http", "https").contains(address.getScheme());
    }

    private static void require(boolean good, String property, String what) {
        if (!good) {
            throw new IllegalArgumentException(
                    "holdfast.issuers: %s has to be %s".formatted(property, what));
        }
    }
}
