package holdfast.catalogue;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems with which a call may answer, beside those that every call of its kind has. It is
 * what the description of the calls tells clients.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refuses {
    /** Names of problem types, as {@code docs/problems.md} has them. */
    String[] value();
}
