/** What people do with the whole application, over HTTP only. */
@NullMarked
package holdfast.journeys;

import org.jspecify.annotations.NullMarked;
