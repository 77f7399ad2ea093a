package holdfast.audit;

import holdfast.catalogue.Fault;
import holdfast.catalogue.Refusal;

/** Why a question about the past has no answer. */
public sealed interface AuditRefusal extends Refusal {

    /** The moment asked for is after the present one, or after the last event. */
    record NotYet() implements AuditRefusal {}

    /** At that moment the tenant did not exist. */
    record BeforeTheTenant() implements AuditRefusal {}

    /** The tenant has, or at that moment had, no such reservation. */
    record NoSuchReservation() implements AuditRefusal {}

    /** A parameter is outside its bounds. */
    record OutOfBounds(Fault fault) implements AuditRefusal {}
}
