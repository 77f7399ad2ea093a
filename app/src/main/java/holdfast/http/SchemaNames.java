package holdfast.http;

import holdfast.catalogue.BranchId;

import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names schemas so that no two records share one: a record within another is named with it, since
 * the modules have several {@code Slot}s and {@code Location}s.
 */
final class SchemaNames extends TypeNameResolver {

    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();

    /** The record whose schema has this name; null if a schema is no record's. */
    @Nullable Class<?> recordNamed(String name) {
        return named.get(name);
    }

    static boolean isId(Class<?> type) {
        return type.getPackageName().equals(BranchId.class.getPackageName())
                && type.getSimpleName().endsWith("Id");
    }

    /** A schema of an id's own, since all texts share one: 1 to 100 characters. */
    static Schema<?> ofId() {
        return new JsonSchema().typesItem("string").minLength(1).maxLength(100);
    }

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        if (!type.isRecord()) {
            return super.nameForClass(type, options);
        }
        var outer = type.getEnclosingClass();
        var name =
                outer != null && outer.isRecord()
                        ? outer.getSimpleName() + type.getSimpleName()
                        : type.getSimpleName();
        var other = named.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new IllegalStateException("%s and %s share a name".formatted(type, other));
        }
        return name;
    }
}
