/**
 * Who may call what: clients and their secrets, the tokens they get, and the rule for every path.
 */
@NullMarked
package holdfast.security;

import org.jspecify.annotations.NullMarked;
