/** The catalogue over HTTP: read by those who book, written by those who run it. */
@NullMarked
package holdfast.catalogue.web;

import org.jspecify.annotations.NullMarked;
