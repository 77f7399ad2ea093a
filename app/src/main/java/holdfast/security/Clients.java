package holdfast.security;

import holdfast.catalogue.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Clients in the table {@code oauth_client}, and the same as the authorization server sees them.
 */
final class Clients implements OauthClients, RegisteredClientRepository {

    static final String TENANT = "tenant";
    static final Duration TOKEN_LASTS = Duration.ofMinutes(60);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final JdbcClient jdbc;
    private final PasswordEncoder digest;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final String noSecret;

    Clients(JdbcClient jdbc, PasswordEncoder digest, Clock clock) {
        this.jdbc = jdbc;
        this.digest = digest;
        this.clock = clock;
        this.noSecret = digest.encode(madeUpSecret());
    }

    @Override
    public Optional<Credentials> register(TenantId tenant, String id, Set<Scope> scopes) {
        if (scopes.contains(Scope.OPERATOR)) {
            throw new IllegalArgumentException("An operator belongs to no tenant");
        }
        return insert(tenant, new Credentials(id, madeUpSecret()), scopes);
    }

    @Override
    public Optional<Credentials> renew(TenantId tenant, String id) {
        var renewed = new Credentials(id, madeUpSecret());
        var found =
                jdbc.sql(
                                """
                                update oauth_client set secret_digest = :digest
                                where client_id = :id and tenant_id = :tenant
                                """)
                        .param("digest", digest.encode(renewed.secret()))
                        .param("id", id)
                        .param("tenant", tenant.toString())
                        .update();
        return found == 0 ? Optional.empty() : Optional.of(renewed);
    }

    boolean hasOperator() {
        return jdbc.sql("select exists (select from oauth_client where tenant_id is null)")
                .query(Boolean.class)
                .single();
    }

    /** Makes up an operator; empty if the id is taken. */
    Optional<Credentials> makeUpOperator(String id) {
        return insert(null, new Credentials(id, madeUpSecret()), EnumSet.allOf(Scope.class));
    }

    /**
     * Lets this operator in, whatever its secret was before.
     *
     * @return false if the id belongs to a tenant's client
     */
    boolean putOperator(Credentials operator) {
        if (insert(null, operator, EnumSet.allOf(Scope.class)).isPresent()) {
            return true;
        }
        return jdbc.sql(
                                """
                                update oauth_client set secret_digest = :digest, scopes = :scopes
                                where client_id = :id and tenant_id is null
                                """)
                        .param("digest", digest.encode(operator.secret()))
                        .param("scopes", texts(EnumSet.allOf(Scope.class)))
                        .param("id", operator.id())
                        .update()
                == 1;
    }

    private Optional<Credentials> insert(
            @Nullable TenantId tenant, Credentials client, Set<Scope> scopes) {
        if (!ID.matcher(client.id()).matches()) {
            throw new IllegalArgumentException(
                    "A client's id has 1 to 100 letters, digits, dots, hyphens or underscores: \"%s\""
                            .formatted(client.id()));
        }
        var inserted =
                jdbc.sql(
                                """
                                insert into oauth_client
                                    (client_id, tenant_id, secret_digest, scopes, created_at)
                                values (:id, :tenant, :digest, :scopes, :now)
                                on conflict do nothing
                                """)
                        .param("id", client.id())
                        .param("tenant", tenant == null ? null : tenant.toString())
                        .param("digest", digest.encode(client.secret()))
                        .param("scopes", texts(scopes))
                        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                        .update();
        return inserted == 0 ? Optional.empty() : Optional.of(client);
    }

    @Override
    public RegisteredClient findByClientId(String id) {
        return jdbc.sql(
                        "select tenant_id, secret_digest, scopes from oauth_client where client_id"
                                + " = :id")
                .param("id", id)
                .query(
                        (row, n) ->
                                registered(
                                        id,
                                        row.getString("tenant_id"),
                                        row.getString("secret_digest"),
                                        (String[]) row.getArray("scopes").getArray()))
                .optional()
                // Nobody has this secret. An unknown client goes the same way as one with a wrong
                // secret, so that neither the answer nor its time tells which ids exist.
                .orElseGet(() -> registered(id, null, noSecret, new String[0]));
    }

    @Override
    public RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("Clients are registered through OauthClients");
    }

    private static RegisteredClient registered(
            String id, @Nullable String tenant, String secretDigest, String[] scopes) {
        var settings = ClientSettings.builder();
        if (tenant != null) {
            settings.setting(TENANT, tenant);
        }
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(secretDigest)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(all -> all.addAll(Set.of(scopes)))
                .clientSettings(settings.build())
                .tokenSettings(TokenSettings.builder().accessTokenTimeToLive(TOKEN_LASTS).build())
                .build();
    }

    private String madeUpSecret() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String[] texts(Set<Scope> scopes) {
        return scopes.stream().map(Scope::toString).toArray(String[]::new);
    }
}
