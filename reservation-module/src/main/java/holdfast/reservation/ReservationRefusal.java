package holdfast.reservation;

import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.Phrase;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.TenantId;
import holdfast.scheduling.ReservationId;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Why something cannot be done with a reservation. */
public sealed interface ReservationRefusal extends Refusal {

    /** This tenant has no reservation, or no appointment, of this id. */
    record UnknownReservation(String id) implements ReservationRefusal {}

    /** An appointment cannot take the time of a hold that this tenant does not have. */
    record UnknownHold(String id) implements ReservationRefusal {}

    /** An appointment takes the time of a hold for the same services only. */
    record OtherServices(ReservationId hold) implements ReservationRefusal {}

    /** The hold ended at {@code expiredAt}. */
    record HoldLapsed(ReservationId reservation, Instant expiredAt) implements ReservationRefusal {}

    /** Only a hold can be confirmed, extended or handed over, and this is none any more. */
    record NotOnHold(ReservationId reservation, ReservationStatus status)
            implements ReservationRefusal {}

    /** The appointment exists already, with other details. */
    record ConfirmedWithOtherDetails(ReservationId reservation) implements ReservationRefusal {}

    /** A confirmed appointment is cancelled, not released. */
    record AlreadyConfirmed(ReservationId reservation) implements ReservationRefusal {}

    /** The hold was extended as often as the tenant allows. */
    record ExtensionsUsedUp(ReservationId reservation, int allowed) implements ReservationRefusal {}

    /** Only a confirmed appointment can be cancelled or changed. */
    record NotAnAppointment(ReservationId reservation, ReservationStatus status)
            implements ReservationRefusal {}

    /** Cancelling was possible until {@code until} only. */
    record CancelDeadlinePassed(ReservationId reservation, Instant until, Duration before)
            implements ReservationRefusal {}

    /** Moving the appointment was possible until {@code until} only. */
    record RescheduleDeadlinePassed(ReservationId reservation, Instant until)
            implements ReservationRefusal {}

    /** Arriving, completing and staying away have an order, and this does not come next. */
    record OutOfOrder(ReservationId reservation, ReservationStatus status)
            implements ReservationRefusal {}

    /** Nobody stayed away yet from what begins at {@code start}. */
    record NotBegun(ReservationId reservation, Instant start) implements ReservationRefusal {}

    /** There is no such tenant. */
    record UnknownTenant(TenantId tenant) implements ReservationRefusal {}

    /**
     * What came with the confirmation is not what the tenant and the services of the visit ask for.
     *
     * @param flaws all of them, those that decide first; never empty
     */
    record NotAsAsked(List<Flaw> flaws) implements ReservationRefusal {}

    /** One thing that is wrong with what came with a confirmation; pointers lead into its body. */
    sealed interface Flaw {}

    /** An answer says that the service is not the right one. */
    record ScreeningDenied(String pointer, LocalizedText message) implements Flaw {}

    /** The tenant asks for a date of birth. */
    record DateOfBirthMissing() implements Flaw {}

    /** A question that must be answered is not. */
    record AnswerMissing(String pointer, LocalizedText question) implements Flaw {}

    /** Nothing is asked to which this would be the answer. */
    record AnswerWithoutQuestion(String pointer, Phrase detail) implements Flaw {}
}
