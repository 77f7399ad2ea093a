/** Free slots over HTTP. */
@NullMarked
package holdfast.scheduling.web;

import org.jspecify.annotations.NullMarked;
