/**
 * What can be booked and where: tenants, branches, resources, pools, services, groups and
 * combinations, kept as events and read from memory. Also the few words that every module shares:
 * ids, faults, refusals and texts in several languages.
 */
@NullMarked
package holdfast.catalogue;

import org.jspecify.annotations.NullMarked;
