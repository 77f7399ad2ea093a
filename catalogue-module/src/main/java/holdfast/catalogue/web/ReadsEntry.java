package holdfast.catalogue.web;

import holdfast.catalogue.Refuses;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What all calls that read one entry of the catalogue have in common. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Refuses("entry-unknown")
@interface ReadsEntry {}
