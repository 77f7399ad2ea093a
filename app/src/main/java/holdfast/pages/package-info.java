/**
 * The pages that visitors use: to book, and to look after what they booked. They are made on the
 * server, over the same commands and queries as the calls, and work without scripts; where a
 * visitor is stands in the address, so there are no sessions and no cookies.
 */
@NullMarked
package holdfast.pages;

import org.jspecify.annotations.NullMarked;
