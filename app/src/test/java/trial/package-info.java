/**
 * A made-up application, as small as one can be, that sells seats: it stands on the same event
 * store and database as the real one, and lies outside its package so that the real one never finds
 * it.
 */
@NullMarked
package trial;

import org.jspecify.annotations.NullMarked;
