/**
 * What is made from the log: how far behind each of it is, and making it anew beside the living
 * one, which serves until the new one has caught up and was compared with it.
 */
@NullMarked
package holdfast.projections;

import org.jspecify.annotations.NullMarked;
