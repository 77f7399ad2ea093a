package holdfast.privacy;

import holdfast.catalogue.Refusal;
import holdfast.scheduling.ReservationId;

import java.util.List;

/** Why somebody is not forgotten. */
sealed interface PrivacyRefusal extends Refusal {

    /** The person still has these appointments before them. */
    record AppointmentsAhead(List<ReservationId> appointments) implements PrivacyRefusal {}
}
