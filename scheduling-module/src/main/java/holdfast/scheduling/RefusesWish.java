package holdfast.scheduling;

import holdfast.catalogue.Refuses;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What may be wrong with the visit that the public wishes for, whenever it is. */
@Refuses({
    "unknown-reference",
    "service-not-offered",
    "not-bookable-online",
    "count-out-of-range",
    "resource-not-selectable"
})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RefusesWish {}
