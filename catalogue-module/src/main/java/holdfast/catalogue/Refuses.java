package holdfast.catalogue;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems with which a call may answer, beside those that every call of its kind has. It is
 * what the description of the calls tells clients.
 *
 * <p>What several calls have in common stands once, on an annotation of its own that is put on
 * them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Refuses {
    /** Names of problem types, as {@code docs/problems.md} has them. */
    String[] value();
}
