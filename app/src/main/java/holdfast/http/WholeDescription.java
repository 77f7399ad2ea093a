package holdfast.http;

import static holdfast.security.Scope.AUDITOR;
import static holdfast.security.Scope.BOOK;
import static holdfast.security.Scope.CANCEL;
import static holdfast.security.Scope.MANAGER;
import static holdfast.security.Scope.OPERATOR;
import static holdfast.security.Scope.REPORTING;
import static holdfast.security.Scope.RESCHEDULE;
import static holdfast.security.Scope.STAFF;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import holdfast.catalogue.TextOrNumber;
import holdfast.catalogue.WallTime;
import holdfast.security.Scope;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;

import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Makes the description exact where it is about the whole: one spelling of each path, which members
 * are required, who may call what, and examples.
 */
final class WholeDescription implements GlobalOpenApiCustomizer {

    private static final String BOOKING = "/external/v1";
    private static final String JSON = "application/json";

    /** Of calls on what exists. */
    private static final Pattern OTHER_SPELLING =
            Pattern.compile(
                    "/reservations/reservations/"
                            + "|/serviceCombination/(reservations/|appointments/)");

    private final SchemaNames names;

    WholeDescription(SchemaNames names) {
        this.names = names;
    }

    @Override
    public void customise(OpenAPI description) {
        description.setPaths(onceEach(description.getPaths()));
        description
                .getPaths()
                .forEach(
                        (path, item) ->
                                item.readOperationsMap()
                                        .forEach((method, call) -> complete(path, method, call)));
        var schemas = description.getComponents().getSchemas();
        var sent = sent(description);
        schemas.forEach((name, schema) -> complete(name, schema, sent.contains(name)));
        description.getComponents().setSchemas(new TreeMap<>(schemas));
    }

    /** In order, without the other spellings, which the introduction mentions. */
    private static Paths onceEach(Paths all) {
        var kept = new Paths();
        new TreeMap<>(all)
                .forEach(
                        (path, item) -> {
                            var isShort = all.containsKey(BOOKING + path);
                            if (!isShort && !OTHER_SPELLING.matcher(path).find()) {
                                kept.addPathItem(path, item);
                            }
                        });
        return kept;
    }

    private static void complete(String path, HttpMethod method, Operation call) {
        // springdoc numbers what it met twice, once under each spelling
        var id = call.getOperationId().replaceAll("_\\d+$", "");
        call.setOperationId(id);
        call.setSecurity(security(path, method));
        if (call.getRequestBody() != null) {
            addExample(call.getRequestBody().getContent(), id + ".json");
        }
        call.getResponses()
                .forEach(
                        (status, answer) -> {
                            var content = answer.getContent();
                            if (content != null && content.containsKey("*/*")) {
                                content.addMediaType(JSON, content.remove("*/*"));
                            }
                            if (content != null && content.containsKey(JSON)) {
                                addExample(content, id + ".answer.json");
                            } else if (content != null && Integer.parseInt(status) < 300) {
                                // bytes of ours are text, and not base64
                                content.values().forEach(type -> type.getSchema().setFormat(null));
                            }
                        });
    }

    /** The call's own example; else that of the type that it sends or answers. */
    private static void addExample(Content content, String file) {
        var own = example(file);
        content.values()
                .forEach(
                        type -> {
                            var value = own == null ? exampleOf(type.getSchema()) : own;
                            if (value != null) {
                                type.setExample(value);
                            }
                        });
    }

    private static @Nullable Object exampleOf(@Nullable Schema<?> schema) {
        if (schema == null) {
            return null;
        }
        if (schema.getItems() != null) {
            var element = exampleOf(schema.getItems());
            return element == null ? null : List.of(element);
        }
        return schema.get$ref() == null ? null : example(nameOf(schema.get$ref()) + ".json");
    }

    private static @Nullable Object example(String file) {
        try (var example = WholeDescription.class.getResourceAsStream("examples/" + file)) {
            return example == null ? null : JsonMapper.shared().readValue(example, Object.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String nameOf(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    /**
     * Any one of the scopes; for booking, not for searching, also none where the tenant allows it.
     */
    private static List<SecurityRequirement> security(String path, HttpMethod method) {
        var requirements = new ArrayList<SecurityRequirement>();
        for (var scope : scopes(path, method)) {
            requirements.add(
                    new SecurityRequirement().addList(ApiDescription.SECURITY, scope.toString()));
        }
        if (path.startsWith(BOOKING) && !path.endsWith("/search")) {
            requirements.add(new SecurityRequirement());
        }
        return requirements;
    }

    private static List<Scope> scopes(String path, HttpMethod method) {
        if (path.startsWith("/admin/v1/tenants")
                || path.startsWith("/admin/v1/projections")
                || path.startsWith("/admin/v1/token-keys")) {
            return List.of(OPERATOR);
        }
        if (path.startsWith("/admin/v1/appointments")) {
            return List.of(STAFF);
        }
        if (path.startsWith("/admin/v1/closures")) {
            return List.of(MANAGER, STAFF);
        }
        if (path.startsWith("/admin/")) {
            return List.of(MANAGER);
        }
        if (path.startsWith("/audit/")) {
            return List.of(AUDITOR);
        }
        if (path.equals("/reports/v1/what-if")) {
            return List.of(REPORTING, MANAGER);
        }
        if (path.startsWith("/reports/")) {
            return List.of(REPORTING);
        }
        if (method == HttpMethod.GET && path.startsWith(BOOKING + "/service")) {
            return List.of(Scope.values());
        }
        if (method == HttpMethod.GET) {
            return List.of(BOOK, RESCHEDULE, CANCEL, STAFF);
        }
        if (path.equals(BOOKING + "/appointments/{id}")) {
            return List.of(method == HttpMethod.DELETE ? CANCEL : RESCHEDULE, STAFF);
        }
        return List.of(BOOK, STAFF);
    }

    /** The schemas that requests may contain. */
    private static Set<String> sent(OpenAPI description) {
        var found = new LinkedHashSet<String>();
        description.getPaths().values().stream()
                .map(PathItem::readOperations)
                .flatMap(List::stream)
                .filter(call -> call.getRequestBody() != null)
                .flatMap(call -> call.getRequestBody().getContent().values().stream())
                .forEach(
                        type ->
                                collect(
                                        type.getSchema(),
                                        description.getComponents().getSchemas(),
                                        found));
        return found;
    }

    @SuppressWarnings("rawtypes")
    private static void collect(
            @Nullable Schema<?> schema, Map<String, Schema> all, Set<String> found) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            var name = nameOf(schema.get$ref());
            if (found.add(name)) {
                collect(all.get(name), all, found);
            }
        }
        collect(schema.getItems(), all, found);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(member -> collect(member, all, found));
        }
    }

    /**
     * @param sent whether it is read from requests: a list may be left out there, and never is in
     *     answers
     */
    private void complete(String name, Schema<?> schema, boolean sent) {
        var type = names.recordNamed(name);
        if (type == null || schema.getProperties() == null) {
            return;
        }
        var required = new ArrayList<String>();
        complete(type, schema.getProperties(), sent, required);
        schema.setRequired(required.isEmpty() ? null : required);
    }

    @SuppressWarnings("rawtypes") // as the schema has them
    private static void complete(
            Class<?> type, Map<String, Schema> members, boolean sent, List<String> required) {
        for (var component : type.getRecordComponents()) {
            var member = members.get(component.getName());
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                complete(component.getType(), members, sent, required);
            } else if (member != null) {
                if (mustBeThere(component, sent)) {
                    required.add(component.getName());
                }
                if (SchemaNames.isId(component.getType())) {
                    members.put(component.getName(), SchemaNames.ofId());
                } else {
                    refine(component, member);
                }
            }
        }
    }

    private static boolean mustBeThere(RecordComponent component, boolean sent) {
        if (Shapes.mayBeNull(component.getAnnotatedType())) {
            return false;
        }
        var mayBeEmpty =
                List.class.isAssignableFrom(component.getType())
                        || Map.class.isAssignableFrom(component.getType());
        var size = component.getAccessor().getAnnotation(Size.class);
        return !sent || !mayBeEmpty || size != null && size.min() > 0;
    }

    private static void refine(RecordComponent component, Schema<?> member) {
        if (component.isAnnotationPresent(TextOrNumber.class)) {
            member.setTypes(new LinkedHashSet<>(List.of("string", "integer")));
        } else if (component.getType() == WallTime.class) {
            member.setPattern("^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$");
        } else if (component.getType() == ZoneId.class) {
            member.setDescription("An IANA time zone, such as Europe/Berlin.");
        }
        if (component.getGenericType() instanceof ParameterizedType list
                && member.getItems() != null
                && list.getActualTypeArguments()[0] instanceof Class<?> element
                && SchemaNames.isId(element)) {
            member.setItems(SchemaNames.ofId());
        }
        if (member.getPattern() != null && !member.getPattern().startsWith("^")) {
            // where JSON Schema looks anywhere in the text, Java's constraint means all of it
            member.setPattern("^(" + member.getPattern() + ")$");
        }
    }
}
