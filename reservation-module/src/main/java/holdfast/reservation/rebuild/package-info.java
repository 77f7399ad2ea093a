/**
 * What the log adds up to: folded reservation by reservation, compared with the register and the
 * ledger, or written in their place.
 *
 * <p>Reads tables of other parts by their columns: the log's, the ledger's, the register's.
 */
@NullMarked
package holdfast.reservation.rebuild;

import org.jspecify.annotations.NullMarked;
