package holdfast.security;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogue;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.Catalogues;
import holdfast.catalogue.HolidayCalendar;
import holdfast.catalogue.HolidayCalendarId;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.Offer;
import holdfast.catalogue.PoolId;
import holdfast.catalogue.ResourcePool;
import holdfast.catalogue.ResourceType;
import holdfast.catalogue.ResourceTypeId;
import holdfast.catalogue.Service;
import holdfast.catalogue.ServiceCombination;
import holdfast.catalogue.ServiceGroup;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.Tenant;
import holdfast.catalogue.TenantId;
import holdfast.catalogue.TenantSettings;
import holdfast.customer.MasterKey;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.slf4j.MDC;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The security of the application in front of paths that all answer 200 with the actor's name: two
 * tenants, one of which lets anybody book.
 */
final class SecuredNode implements AutoCloseable {

    static final TenantId OPEN = TenantId.of("open-town");
    static final TenantId CLOSED = TenantId.of("closed-town");

    /** A web site whose scripts both tenants let call; each has one more of its own. */
    static final String SITE = "https://www.example.org";

    /** Keeps these beans out of the applications that other tests start. */
    private static final String PROFILE = "secured-node";

    private static final EmbeddedPostgres SERVER = start();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String database;
    private final ConfigurableApplicationContext context;

    static SecuredNode onNewDatabase(String... settings) {
        var name = "test_" + Long.toUnsignedString(System.nanoTime(), 36);
        JdbcClient.create(SERVER.getPostgresDatabase()).sql("create database " + name).update();
        return new SecuredNode(name, settings);
    }

    private SecuredNode(String database, String... settings) {
        this.database = database;
        this.context =
                new SpringApplicationBuilder(Application.class)
                        .profiles(PROFILE)
                        .properties(
                                "spring.config.name=none",
                                "server.port=0",
                                "spring.datasource.url=" + SERVER.getJdbcUrl("postgres", database),
                                "axon.axonserver.enabled=false",
                                "axon.update-check.disabled=true",
                                "management.endpoints.web.exposure.include=health,prometheus,env",
                                "spring.main.banner-mode=off")
                        .run(settings);
    }

    /** The same installation, started again or on another machine. */
    SecuredNode another(String... settings) {
        return new SecuredNode(database, settings);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /** A token of a new client of the tenant. */
    String tokenOf(TenantId tenant, Scope... scopes) {
        var id = "client-" + Long.toUnsignedString(System.nanoTime(), 36);
        var client = bean(OauthClients.class).register(tenant, id, Set.of(scopes)).orElseThrow();
        return token(client);
    }

    String token(Credentials client) {
        return json(askToken(client, "")).path("access_token").asString();
    }

    HttpResponse<String> askToken(Credentials client, String more) {
        var basic =
                Base64.getEncoder()
                        .encodeToString(
                                (client.id() + ":" + client.secret())
                                        .getBytes(StandardCharsets.UTF_8));
        return send(
                HttpRequest.newBuilder(uri("/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials" + more)));
    }

    HttpResponse<String> askTokenInForm(Credentials client) {
        var form =
                "grant_type=client_credentials&client_id=%s&client_secret=%s"
                        .formatted(
                                client.id(),
                                URLEncoder.encode(client.secret(), StandardCharsets.UTF_8));
        return send(
                HttpRequest.newBuilder(uri("/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> call(String methodAndPath, String token, String... headers) {
        var parts = methodAndPath.split(" ", 2);
        var request =
                HttpRequest.newBuilder(uri(parts[1])).method(parts[0], BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private URI uri(String path) {
        var port = context.getEnvironment().getProperty("local.server.port");
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException cause) {
            throw new AssertionError(cause);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @Profile(PROFILE)
    @EnableAutoConfiguration
    @Import({SecurityConfiguration.class, TokenConfiguration.class, Everything.class})
    static class Application {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        MasterKey masterKey() {
            return new MasterKey(new byte[32]);
        }

        /** As the application's, but for the log. */
        @Bean
        OauthClients clientsOfTenants(Clients clients) {
            return new OauthClients() {
                @Override
                public Optional<Credentials> register(
                        TenantId tenant, String id, Set<Scope> scopes) {
                    return clients.register(
                            tenant, new Clients.Client(ClientId.of(id), null, List.copyOf(scopes)));
                }

                @Override
                public Optional<Credentials> renew(TenantId tenant, String id) {
                    return clients.renew(tenant, ClientId.of(id), Duration.ZERO)
                            .map(Clients.Renewed::credentials);
                }
            };
        }

        @Bean
        Catalogues catalogues() {
            var known =
                    Map.<TenantId, Catalogue>of(
                            OPEN, new Empty(OPEN, true), CLOSED, new Empty(CLOSED, false));
            return new Catalogues() {
                @Override
                public Optional<Catalogue> find(TenantId tenant) {
                    return Optional.ofNullable(known.get(tenant));
                }

                @Override
                public Collection<Catalogue> all() {
                    return known.values();
                }
            };
        }
    }

    @RestController
    @Profile(PROFILE)
    static class Everything {
        @RequestMapping("/**")
        String answer() {
            return String.valueOf(MDC.get("actor"));
        }
    }

    private record Empty(TenantId id, boolean anonymous) implements Catalogue {

        @Override
        public Tenant tenant() {
            var english = LanguageTag.of("en");
            return new Tenant(
                    id,
                    id.toString(),
                    ZoneOffset.UTC,
                    List.of(english),
                    english,
                    new TenantSettings(
                            null,
                            null,
                            null,
                            anonymous,
                            null,
                            null,
                            null,
                            null,
                            List.of(SITE, "https://%s.example".formatted(id)),
                            null,
                            null));
        }

        @Override
        public long revision() {
            return 0;
        }

        @Override
        public Optional<Branch> branch(BranchId branch) {
            return Optional.empty();
        }

        @Override
        public Optional<HolidayCalendar> holidayCalendar(HolidayCalendarId calendar) {
            return Optional.empty();
        }

        @Override
        public Optional<ResourceType> resourceType(ResourceTypeId type) {
            return Optional.empty();
        }

        @Override
        public Optional<ResourcePool> pool(PoolId pool) {
            return Optional.empty();
        }

        @Override
        public int position(PoolId pool) {
            throw new IllegalArgumentException();
        }

        @Override
        public Optional<Service> service(ServiceId service) {
            return Optional.empty();
        }

        @Override
        public Optional<Offer> offer(ServiceId service, BranchId branch) {
            return Optional.empty();
        }

        @Override
        public List<Branch> branches() {
            return List.of();
        }

        @Override
        public List<Service> services() {
            return List.of();
        }

        @Override
        public List<ServiceGroup> serviceGroups() {
            return List.of();
        }

        @Override
        public List<ServiceCombination> combinationsAt(BranchId branch) {
            return List.of();
        }

        @Override
        public CatalogueDocument document() {
            throw new UnsupportedOperationException();
        }
    }
}
