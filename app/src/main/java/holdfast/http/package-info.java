/**
 * What all HTTP calls have in common: reading requests strictly, finding the tenant and the
 * language, naming problems, the usual headers, and the description of the calls for clients.
 */
@NullMarked
package holdfast.http;

import org.jspecify.annotations.NullMarked;
