package holdfast.http;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Calls by reflection that fail with what was thrown and not with a wrapper. */
final class Reflection {

    private Reflection() {}

    static Object call(Method creator, Object argument) {
        try {
            return creator.invoke(null, argument);
        } catch (InvocationTargetException refusal) {
            throw thrown(refusal);
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(hidden);
        }
    }

    static Object make(Constructor<?> constructor, @Nullable Object[] components) {
        try {
            return constructor.newInstance(components);
        } catch (InvocationTargetException refusal) {
            throw thrown(refusal);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static RuntimeException thrown(InvocationTargetException refusal) {
        return refusal.getCause() instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException(refusal.getCause());
    }
}
