package holdfast.http;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;
import holdfast.security.Scope;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.ExternalDocumentation;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;

import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.LinkedHashMap;
import java.util.List;

/**
 * Describes the calls for clients, as OpenAPI 3.1: what their signatures say, and what is common to
 * all of them, which no signature says.
 */
@Configuration
class ApiDescription {

    static final String SECURITY = "oauth2";
    static final String TENANT = "Tenant";
    static final String LANGUAGE = "Language";
    static final String IDEMPOTENCY_KEY = "IdempotencyKey";
    static final String REQUEST_ID = "RequestId";
    static final String ENTITY_TAG = "EntityTag";
    static final String CONTENT_LANGUAGE = "ContentLanguage";
    static final String LOCATION = "Location";
    static final String LINK = "Link";
    static final String REPLAYED = "IdempotentReplayed";
    static final String RETRY_AFTER = "RetryAfter";
    static final String RATE_LIMIT = "RateLimit";
    static final String RATE_LIMIT_POLICY = "RateLimitPolicy";
    static final String AUTHENTICATE = "Authenticate";
    static final String PROBLEM = "Problem";

    static {
        // Both come from headers that are described below, and are no parameters of their own.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Catalogue.class, LanguageTag.class);
    }

    private final SchemaNames names = new SchemaNames();

    @Bean
    OpenAPI description() {
        var description = general();
        for (var type : ProblemType.all()) {
            description.getComponents().addExamples(type.name(), exampleOf(type));
        }
        return description;
    }

    private static Example exampleOf(ProblemType type) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", type.uri());
        problem.put("title", type.title());
        problem.put("status", type.status());
        problem.put("instance", "/external/v1/reservations");
        return new Example().summary(type.title()).value(problem);
    }

    private static OpenAPI general() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Holdfast")
                                .version("1")
                                .description(
                                        """
                                        Appointment booking that never gives a slot twice: find a slot, hold it, confirm it.

                                        The calls below `/external/v1` answer without that prefix, too: `/services` is
                                        `/external/v1/services`. What stands below `/reservations/{id}` and `/appointments`
                                        answers below `/serviceCombination`, too. Names of JSON members and of query
                                        parameters match without regard to case, and unknown ones are ignored. Instants are
                                        ISO 8601 with an offset. Every refusal is a problem (RFC 9457) whose `type` is a page that says
                                        when it occurs and what to do.
                                        """)
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                // where the description itself comes from, whatever the host is called
                .servers(List.of(new Server().url("/")))
                .externalDocs(
                        new ExternalDocumentation()
                                .description("All types of problems")
                                .url("/problems"))
                .components(
                        new Components()
                                .addSecuritySchemes(SECURITY, clientCredentials())
                                .addParameters(TENANT, tenantHeader())
                                .addParameters(LANGUAGE, languageHeader())
                                .addParameters(IDEMPOTENCY_KEY, idempotencyKeyHeader())
                                .addHeaders(
                                        REQUEST_ID,
                                        header("Names the request in our log; as sent, if it was."))
                                .addHeaders(
                                        ENTITY_TAG,
                                        header("For `If-None-Match`: the same answer is a 304."))
                                .addHeaders(
                                        CONTENT_LANGUAGE,
                                        header("The language of the texts, as of BCP 47."))
                                .addHeaders(LOCATION, header("Where what was made can be read."))
                                .addHeaders(
                                        LINK,
                                        header(
                                                "Where there may be more, the next page:"
                                                        + " `rel=\"next\"` (RFC 8288)."))
                                .addHeaders(
                                        REPLAYED,
                                        header(
                                                "`true` on an answer from before, to a request that"
                                                        + " was sent again with its key."))
                                .addHeaders(
                                        RETRY_AFTER, header("In how many seconds to try again."))
                                .addHeaders(
                                        RATE_LIMIT,
                                        header(
                                                "How many changes the caller has left, and in how"
                                                        + " many seconds it has all again."))
                                .addHeaders(
                                        RATE_LIMIT_POLICY,
                                        header("How many changes one caller may make, and when."))
                                .addHeaders(
                                        AUTHENTICATE,
                                        header("What is wrong with the token, as of RFC 6750."))
                                .addSchemas(PROBLEM, problem())
                                .addSchemas("Fault", fault())
                                .addSchemas("Need", need())
                                .addSchemas("Alternative", alternative()));
    }

    private static SecurityScheme clientCredentials() {
        var scopes = new Scopes();
        for (var scope : Scope.values()) {
            scopes.addString(scope.toString(), "");
        }
        return new SecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description(
                        "A token belongs to one tenant. Booking calls need none where the tenant"
                                + " allows anonymous booking.")
                .flows(
                        new OAuthFlows()
                                .clientCredentials(
                                        new OAuthFlow().tokenUrl("/oauth2/token").scopes(scopes)));
    }

    private static HeaderParameter tenantHeader() {
        var header = new HeaderParameter();
        header.name(CallContext.TENANT_HEADER)
                .description("The tenant the call is about.")
                .required(true)
                .schema(new StringSchema())
                .example("demo");
        return header;
    }

    private static HeaderParameter languageHeader() {
        var header = new HeaderParameter();
        header.name("Accept-Language")
                .description(
                        "The languages wanted, such as `nl-NL`, `nl_NL`, `nl` or a list with"
                            + " weights. The best match among the tenant's languages is answered"
                            + " in, else its default.")
                .required(false)
                .schema(new StringSchema())
                .example("en-GB");
        return header;
    }

    private static HeaderParameter idempotencyKeyHeader() {
        var header = new HeaderParameter();
        header.name("Idempotency-Key")
                .description(
                        "A text that you use for this one request, such as a fresh UUID. Sent again"
                            + " with the same key and the same body, the request does not happen"
                            + " again and gets the same answer, for at least 24 hours.")
                .required(false)
                .schema(new StringSchema().minLength(1).maxLength(255))
                .example("8e03978e-40d5-43dd-bc93-6894a57f9324");
        return header;
    }

    private static Header header(String description) {
        return new Header().description(description).schema(new StringSchema());
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457. Each type has the members that its page names.")
                .addProperty("type", new StringSchema().format("uri-reference"))
                .addProperty("title", new StringSchema().description("Belongs to the type."))
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("What happened this time."))
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/Fault"))
                                .description("Everything that is wrong with what was sent."))
                .addProperty(
                        "alternatives",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/Alternative")))
                .addProperty(
                        "neededBy",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/Need"))
                                .description("Whatever still refers to an entry."))
                .addProperty(
                        "appointments",
                        new ArraySchema()
                                .items(new StringSchema())
                                .description("Ids of what stands in the way."))
                .addProperty("max", new IntegerSchema())
                .addProperty("allowed", new IntegerSchema())
                .addProperty("expectedEnd", instant())
                .addProperty("earliest", instant())
                .addProperty("lastDate", new StringSchema().format("date"))
                .addProperty("expiredAt", instant())
                .addProperty("startsAt", instant())
                .addProperty("cancellableUntil", instant())
                .addProperty("reschedulableUntil", instant())
                .addProperty("reservationStatus", new StringSchema())
                .addProperty("answerDeniedMessage", new StringSchema())
                .addProperty("requestId", new StringSchema())
                .required(List.of("type", "title", "status", "instance"));
    }

    private static Schema<?> instant() {
        return new StringSchema().format("date-time");
    }

    private static Schema<?> alternative() {
        return new ObjectSchema()
                .addProperty("timeSlot", new Schema<>().$ref("#/components/schemas/Slot"))
                .required(List.of("timeSlot"));
    }

    private static Schema<?> need() {
        return new ObjectSchema()
                .addProperty("kind", new StringSchema().description("As of `changes`."))
                .addProperty("id", new StringSchema())
                .addProperty(
                        "detail", new StringSchema().description("What would be wrong without."))
                .required(List.of("kind", "id", "detail"));
    }

    private static Schema<?> fault() {
        return new ObjectSchema()
                .addProperty(
                        "pointer",
                        new StringSchema()
                                .description(
                                        "A JSON pointer (RFC 6901) into the body, or the name of a"
                                                + " parameter."))
                .addProperty("detail", new StringSchema())
                .required(List.of("pointer", "detail"));
    }

    /** In the place of springdoc's own, for the names of the schemas. */
    @Bean
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper(), names).openapi31(mappers.isOpenapi31());
    }

    @Bean
    GlobalOperationCustomizer whatAllCallsHaveInCommon() {
        return new DescribedCall();
    }

    @Bean
    GlobalOpenApiCustomizer wholeDescription() {
        return new WholeDescription(names);
    }
}
