package holdfast.scheduling;

import holdfast.catalogue.Refuses;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Why a visit cannot be at the time that was asked for. */
@Refuses({
    "outside-opening-hours",
    "closed-on-special-day",
    "closed-on-holiday",
    "within-closure",
    "outside-service-hours",
    "outside-working-hours",
    "off-grid",
    "wrong-end",
    "does-not-fit",
    "too-soon",
    "beyond-horizon",
    "fewer-places",
    "no-places",
    "slot-taken"
})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RefusesStart {}
