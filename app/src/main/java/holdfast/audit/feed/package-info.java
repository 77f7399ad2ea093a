/**
 * A tenant's events in the order of the log: by pages, as lines, and live. Whoever reads on from
 * the last position seen misses nothing and sees nothing twice.
 */
@NullMarked
package holdfast.audit.feed;

import org.jspecify.annotations.NullMarked;
