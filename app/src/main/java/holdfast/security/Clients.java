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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Clients in the table {@code oauth_client}, and the same as the authorization server sees them.
 *
 * <p>Ids are unique across tenants. Those of tenants are changed by {@link TenantClients} only, so
 * that the log tells of it.
 */
final class Clients implements RegisteredClientRepository {

    static final String TENANT = "tenant";
    static final Duration TOKEN_LASTS = Duration.ofMinutes(60);

    private static final List<Scope> ALL = List.of(Scope.values());

    private final JdbcClient jdbc;
    private final PasswordEncoder digest;
    private final EndedGrants grants;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final String noSecret;

    Clients(JdbcClient jdbc, PasswordEncoder digest, EndedGrants grants, Clock clock) {
        this.jdbc = jdbc;
        this.digest = digest;
        this.grants = grants;
        this.clock = clock;
        this.noSecret = digest.encode(madeUpSecret());
    }

    /**
     * A client of a tenant.
     *
     * @param scopes in the order of {@link Scope}
     */
    record Client(ClientId id, @Nullable String name, List<Scope> scopes) {}

    /**
     * @param formerUntil until when the secret before is good, too; null: not at all
     */
    record Renewed(Credentials credentials, @Nullable Instant formerUntil) {}

    /** A tenant's clients, by their ids. */
    List<Client> of(TenantId tenant) {
        return jdbc.sql(
                        """
                        select client_id, name, scopes from oauth_client
                        where tenant_id = :tenant order by client_id
                        """)
                .param("tenant", tenant.text())
                .query((row, n) -> client(row))
                .list();
    }

    Optional<Client> find(TenantId tenant, ClientId id) {
        return jdbc.sql(
                        """
                        select client_id, name, scopes from oauth_client
                        where client_id = :id and tenant_id = :tenant
                        """)
                .param("id", id.text())
                .param("tenant", tenant.text())
                .query((row, n) -> client(row))
                .optional();
    }

    private static Client client(ResultSet row) throws SQLException {
        return new Client(
                ClientId.of(row.getString("client_id")),
                row.getString("name"),
                Arrays.stream((String[]) row.getArray("scopes").getArray())
                        .map(Scope::of)
                        .sorted()
                        .toList());
    }

    /** Lets a client of the tenant in; empty if its id is taken. */
    Optional<Credentials> register(TenantId tenant, Client client) {
        return insert(
                tenant,
                new Credentials(client.id().text(), madeUpSecret()),
                client.name(),
                client.scopes());
    }

    /** Makes a client what it is to be; with other scopes, its tokens end. */
    void change(TenantId tenant, Client before, Client after) {
        jdbc.sql(
                        """
                        update oauth_client set name = :name, scopes = :scopes
                        where client_id = :id and tenant_id = :tenant
                        """)
                .param("name", after.name())
                .param("scopes", texts(after.scopes()))
                .param("id", after.id().text())
                .param("tenant", tenant.text())
                .update();
        if (!before.scopes().equals(after.scopes())) {
            endTokens(after.id());
        }
    }

    /**
     * Gives a tenant's client a new secret. The one before is good for the overlap, too; without
     * one, the client's tokens end with it.
     *
     * @return empty if the tenant has no such client
     */
    Optional<Renewed> renew(TenantId tenant, ClientId id, Duration overlap) {
        var until = overlap.isZero() ? null : clock.instant().plus(overlap);
        var renewed = new Credentials(id.text(), madeUpSecret());
        var found =
                jdbc.sql(
                                """
                                update oauth_client
                                set former_digest = secret_digest, former_until = :until,
                                    secret_digest = :digest
                                where client_id = :id and tenant_id = :tenant
                                """)
                        .param("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
                        .param("digest", digest.encode(renewed.secret()))
                        .param("id", id.text())
                        .param("tenant", tenant.text())
                        .update();
        if (found == 0) {
            return Optional.empty();
        }
        if (until == null) {
            endTokens(id);
        }
        return Optional.of(new Renewed(renewed, until));
    }

    /** Lets a client in no longer, and ends its tokens; false if the tenant has no such client. */
    boolean remove(TenantId tenant, ClientId id) {
        var grant =
                jdbc.sql(
                                """
                                delete from oauth_client
                                where client_id = :id and tenant_id = :tenant
                                returning grant_number
                                """)
                        .param("id", id.text())
                        .param("tenant", tenant.text())
                        .query(Long.class)
                        .optional();
        grant.ifPresent(last -> grants.end(id, last));
        return grant.isPresent();
    }

    private void endTokens(ClientId id) {
        var next =
                jdbc.sql(
                                """
                                update oauth_client set grant_number = nextval('grant_number')
                                where client_id = :id returning grant_number
                                """)
                        .param("id", id.text())
                        .query(Long.class)
                        .single();
        grants.end(id, next - 1);
    }

    boolean hasOperator() {
        return jdbc.sql("select exists (select from oauth_client where tenant_id is null)")
                .query(Boolean.class)
                .single();
    }

    /** Makes up an operator; empty if the id is taken. */
    Optional<Credentials> makeUpOperator(String id) {
        return insert(null, new Credentials(id, madeUpSecret()), null, ALL);
    }

    /**
     * Lets this operator in, whatever its secret was before.
     *
     * @return false if the id belongs to a tenant's client
     */
    boolean putOperator(Credentials operator) {
        if (insert(null, operator, null, ALL).isPresent()) {
            return true;
        }
        return jdbc.sql(
                                """
                                update oauth_client set secret_digest = :digest, scopes = :scopes
                                where client_id = :id and tenant_id is null
                                """)
                        .param("digest", digest.encode(operator.secret()))
                        .param("scopes", texts(ALL))
                        .param("id", operator.id())
                        .update()
                == 1;
    }

    private Optional<Credentials> insert(
            @Nullable TenantId tenant,
            Credentials client,
            @Nullable String name,
            List<Scope> scopes) {
        var inserted =
                jdbc.sql(
                                """
                                insert into oauth_client
                                    (client_id, tenant_id, name, secret_digest, scopes, created_at)
                                values (:id, :tenant, :name, :digest, :scopes, :now)
                                on conflict do nothing
                                """)
                        .param("id", ClientId.of(client.id()).text())
                        .param("tenant", tenant == null ? null : tenant.text())
                        .param("name", name)
                        .param("digest", digest.encode(client.secret()))
                        .param("scopes", texts(scopes))
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        return inserted == 0 ? Optional.empty() : Optional.of(client);
    }

    @Override
    public RegisteredClient findByClientId(String id) {
        return jdbc.sql(
                        """
                        select tenant_id, scopes, grant_number, concat_ws(' ', secret_digest,
                            case when former_until > :now then former_digest end) as digests
                        from oauth_client where client_id = :id
                        """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .query(
                        (row, n) ->
                                registered(
                                        id,
                                        row.getString("tenant_id"),
                                        row.getString("digests"),
                                        row.getLong("grant_number"),
                                        (String[]) row.getArray("scopes").getArray()))
                .optional()
                // Nobody has this secret. An unknown client goes the same way as one with a wrong
                // secret, so that neither the answer nor its time tells which ids exist.
                .orElseGet(() -> registered(id, null, noSecret, 0, new String[0]));
    }

    @Override
    public RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("Clients are registered by commands");
    }

    private static RegisteredClient registered(
            String id, @Nullable String tenant, String digests, long grant, String[] scopes) {
        var settings = ClientSettings.builder().setting(EndedGrants.GRANT, grant);
        if (tenant != null) {
            settings.setting(TENANT, tenant);
        }
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(digests)
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

    private static String[] texts(List<Scope> scopes) {
        return scopes.stream().map(Scope::toString).toArray(String[]::new);
    }
}
