/**
 * The database: PostgreSQL of our own when nobody names another one, and what both need from the
 * connection pool and from transactions.
 */
@NullMarked
package holdfast.postgres;

import org.jspecify.annotations.NullMarked;
