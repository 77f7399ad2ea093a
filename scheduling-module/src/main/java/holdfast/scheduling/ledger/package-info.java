/** The capacity ledger on PostgreSQL. */
@NullMarked
package holdfast.scheduling.ledger;

import org.jspecify.annotations.NullMarked;
