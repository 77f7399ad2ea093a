/**
 * Tables that follow the log: each follower reads every event once, in the order of the log, and
 * writes its tables and how far it has come in one transaction. Nothing here is part of a command.
 */
@NullMarked
package holdfast.followers;

import org.jspecify.annotations.NullMarked;
