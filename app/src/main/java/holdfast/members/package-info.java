/**
 * The people who work for a tenant: their accounts, what each may do, and how they sign in. Who
 * they are stands sealed in the log; passwords stand nowhere, only their digests do, in one table.
 */
@NullMarked
package holdfast.members;

import org.jspecify.annotations.NullMarked;
