/** The register: every reservation as it stands, for whoever asks. */
@NullMarked
package holdfast.reservation.register;

import org.jspecify.annotations.NullMarked;
