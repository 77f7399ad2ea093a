package holdfast.members;

import holdfast.catalogue.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody else who knows a tenant's staff and signs them in, by OpenID Connect ({@code
 * holdfast.sign-in.providers[n]}).
 *
 * @param name short, stands in addresses: lower-case letters, digits and hyphens
 * @param tenant whose staff it is
 * @param title what the button says after "Sign in with"
 * @param issuer what its tokens have as {@code iss}, to the letter; what else there is to know lies
 *     below it in {@code /.well-known/openid-configuration}
 * @param clientId what we are called there
 * @param clientSecret null: a client that has none
 * @param scopes what is asked for; {@code openid} has to be among them
 * @param nameClaim how the person is greeted
 * @param rolesClaim which claim has the person's roles: a list, or a text with spaces between. A
 *     dot leads into a claim's members, unless a claim is called so
 * @param roles which of our roles its words stand for; empty: it uses ours. Others are passed over
 * @param only whether the tenant's staff may sign in in no other way
 */
record ProviderSettings(
        String name,
        String tenant,
        String title,
        URI issuer,
        String clientId,
        @Nullable String clientSecret,
        @DefaultValue({"openid", "profile"}) List<String> scopes,
        @DefaultValue("name") String nameClaim,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue Map<String, Role> roles,
        @DefaultValue("false") boolean only) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    ProviderSettings {
        require(name != null && NAME.matcher(name).matches(), "name", "a short name");
        require(tenant != null && isTenant(tenant), "tenant", "the tenant whose staff it is");
        require(title != null && !title.isBlank(), "title", "what staff call it");
        require(
                issuer != null && issuer.isAbsolute() && isHttp(issuer),
                "issuer",
                "what its tokens have as iss");
        require(clientId != null && !clientId.isBlank(), "client-id", "what we are called there");
        require(scopes.contains("openid"), "scopes", "some, and openid among them");
    }

    Optional<Role> roleOf(String word) {
        return roles.isEmpty()
                ? Stream.of(Role.values()).filter(role -> role.toString().equals(word)).findFirst()
                : Optional.ofNullable(roles.get(word));
    }

    private static boolean isTenant(String text) {
        try {
            TenantId.of(text);
            return true;
        } catch (IllegalArgumentException noId) {
            return false;
        }
    }

    private static boolean isHttp(URI address) {
        return List.of("http", "https").contains(address.getScheme());
    }

    private static void require(boolean good, String property, String what) {
        if (!good) {
            throw new IllegalArgumentException(
                    "holdfast.sign-in.providers: %s has to be %s".formatted(property, what));
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ProviderSettings[%s of %s]".formatted(name, tenant);
    }
}
