package holdfast.reservation.web;

import static holdfast.catalogue.Phrase.phrase;
import static holdfast.catalogue.RefusalProblems.problem;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.GONE;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

import holdfast.catalogue.Fault;
import holdfast.catalogue.Problem;
import holdfast.catalogue.Refusal;
import holdfast.catalogue.RefusalProblems;
import holdfast.customer.CustomerRefusal.CustomerForgotten;
import holdfast.reservation.ReservationRefusal;
import holdfast.reservation.ReservationRefusal.AlreadyConfirmed;
import holdfast.reservation.ReservationRefusal.AnswerMissing;
import holdfast.reservation.ReservationRefusal.AnswerWithoutQuestion;
import holdfast.reservation.ReservationRefusal.CancelDeadlinePassed;
import holdfast.reservation.ReservationRefusal.ConfirmedWithOtherDetails;
import holdfast.reservation.ReservationRefusal.DateOfBirthMissing;
import holdfast.reservation.ReservationRefusal.ExtensionsUsedUp;
import holdfast.reservation.ReservationRefusal.Flaw;
import holdfast.reservation.ReservationRefusal.HoldLapsed;
import holdfast.reservation.ReservationRefusal.NotAnAppointment;
import holdfast.reservation.ReservationRefusal.NotAsAsked;
import holdfast.reservation.ReservationRefusal.NotBegun;
import holdfast.reservation.ReservationRefusal.NotOnHold;
import holdfast.reservation.ReservationRefusal.OtherServices;
import holdfast.reservation.ReservationRefusal.OutOfOrder;
import holdfast.reservation.ReservationRefusal.RescheduleDeadlinePassed;
import holdfast.reservation.ReservationRefusal.ScreeningDenied;
import holdfast.reservation.ReservationRefusal.UnknownHold;
import holdfast.reservation.ReservationRefusal.UnknownReservation;
import holdfast.reservation.ReservationRefusal.UnknownTenant;

import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;

/** The refusals of reservations as problems. No default: a new refusal asks for its place. */
@Component
class ReservationProblems implements RefusalProblems {

    @Override
    public Optional<ProblemDetail> problemOf(Refusal refusal) {
        return switch (refusal) {
            case ReservationRefusal mine -> Optional.of(asProblem(mine));
            case CustomerForgotten forgotten ->
                    Optional.of(
                            problem(
                                    CONFLICT,
                                    "customer-forgotten",
                                    "The customer was erased",
                                    "Nothing can be kept for this customer any more."));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Refusal> refusalIn(Exception thrown) {
        return thrown instanceof AggregateNotFoundException unknown
                ? Optional.of(
                        new UnknownReservation(String.valueOf(unknown.getAggregateIdentifier())))
                : Optional.empty();
    }

    private static Problem asProblem(ReservationRefusal refusal) {
        return switch (refusal) {
            case UnknownTenant unknown ->
                    problem(
                            NOT_FOUND,
                            "tenant-unknown",
                            "There is no such tenant",
                            "No tenant has this id.");
            case UnknownReservation unknown ->
                    problem(
                            NOT_FOUND,
                            "reservation-unknown",
                            "There is no such reservation",
                            "This tenant has no reservation or appointment of this id.");
            case UnknownHold unknown ->
                    faulty(
                            "unknown-reference",
                            "Something named does not exist",
                            "/reservationId",
                            "This tenant has no reservation of this id.");
            case OtherServices other ->
                    faulty(
                            "other-services",
                            "The hold is for other services",
                            "/reservationId",
                            "An appointment keeps its services when it is moved.");
            case HoldLapsed(var reservation, var expiredAt) -> {
                var problem =
                        problem(
                                GONE,
                                "hold-lapsed",
                                "The hold has ended",
                                "Nobody confirmed in time, and the slot is free for others. Look"
                                        + " for a slot and hold it again.");
                problem.setProperty("expiredAt", expiredAt);
                yield problem;
            }
            case NotOnHold(var reservation, var status) -> {
                var problem =
                        problem(
                                CONFLICT,
                                "not-on-hold",
                                "The reservation is no hold any more",
                                "Only a hold in force can be confirmed, extended, or given to an"
                                        + " appointment.");
                problem.setProperty("reservationStatus", status);
                yield problem;
            }
            case ConfirmedWithOtherDetails confirmed ->
                    problem(
                            CONFLICT,
                            "confirmed-with-other-details",
                            "The appointment was confirmed with other details",
                            "To change the customer's details, change the appointment.");
            case AlreadyConfirmed confirmed ->
                    problem(
                            CONFLICT,
                            "already-confirmed",
                            "The hold became an appointment",
                            "An appointment is cancelled, not released.");
            case ExtensionsUsedUp(var reservation, var allowed) -> {
                var problem =
                        problem(
                                CONFLICT,
                                "extensions-used-up",
                                "The hold cannot be extended again",
                                "It was extended as often as is allowed.");
                problem.setProperty("allowed", allowed);
                yield problem;
            }
            case NotAnAppointment(var reservation, var status) -> {
                var problem =
                        problem(
                                CONFLICT,
                                "not-an-appointment",
                                "The reservation is no appointment to come",
                                "Only an appointment that is still to come can be cancelled or"
                                        + " changed.");
                problem.setProperty("reservationStatus", status);
                yield problem;
            }
            case CancelDeadlinePassed(var reservation, var until, var before) -> {
                var problem =
                        problem(
                                UNPROCESSABLE_CONTENT,
                                "cancel-deadline-passed",
                                "It is too late to cancel",
                                "Cancelling was possible until the instant named.");
                problem.setProperty("cancellableUntil", until);
                yield problem;
            }
            case OutOfOrder(var reservation, var status) -> {
                var problem =
                        problem(
                                CONFLICT,
                                "out-of-order",
                                "That does not come next",
                                "A customer arrives, and then the appointment is completed; or"
                                        + " nobody comes.");
                problem.setProperty("reservationStatus", status);
                yield problem;
            }
            case NotBegun(var reservation, var start) -> {
                var problem =
                        problem(
                                UNPROCESSABLE_CONTENT,
                                "not-begun",
                                "The appointment has not begun",
                                "Somebody may still come.");
                problem.setProperty("startsAt", start);
                yield problem;
            }
            case RescheduleDeadlinePassed(var reservation, var until) -> {
                var problem =
                        problem(
                                UNPROCESSABLE_CONTENT,
                                "reschedule-deadline-passed",
                                "It is too late to reschedule",
                                "Moving the appointment was possible until the instant named.");
                problem.setProperty("reschedulableUntil", until);
                yield problem;
            }
            case NotAsAsked refused -> {
                var problem = asProblem(refused.flaws().getFirst());
                problem.setProperty(
                        "errors",
                        refused.flaws().stream().map(ReservationProblems::asFault).toList());
                yield problem;
            }
        };
    }

    private static Problem asProblem(Flaw flaw) {
        return switch (flaw) {
            case ScreeningDenied(var pointer, var message) -> {
                var problem =
                        problem(
                                UNPROCESSABLE_CONTENT,
                                "screening-denied",
                                "With this answer, the visit cannot be booked",
                                phrase(message));
                problem.setProperty("answerDeniedMessage", phrase(message));
                yield problem;
            }
            case DateOfBirthMissing missing ->
                    problem(
                            UNPROCESSABLE_CONTENT,
                            "date-of-birth-missing",
                            "The date of birth is missing",
                            "This tenant asks for the date of birth.");
            case AnswerMissing(var pointer, var question) ->
                    problem(
                            UNPROCESSABLE_CONTENT,
                            "answer-missing",
                            "An answer is missing",
                            "A question that must be answered is not.");
            case AnswerWithoutQuestion(var pointer, var detail) ->
                    problem(
                            UNPROCESSABLE_CONTENT,
                            "answer-without-question",
                            "An answer belongs to no question",
                            "The services of this visit ask something else.");
        };
    }

    private static Fault asFault(Flaw flaw) {
        return switch (flaw) {
            case ScreeningDenied(var pointer, var message) -> new Fault(pointer, phrase(message));
            case DateOfBirthMissing missing ->
                    new Fault("/dateOfBirth", "is required by this tenant");
            case AnswerMissing(var pointer, var question) ->
                    new Fault(pointer, "must answer: %s", question);
            case AnswerWithoutQuestion(var pointer, var detail) -> new Fault(pointer, detail);
        };
    }

    /** One fault of the body: the detail belongs to the place in it. */
    @FormatMethod
    private static Problem faulty(
            String name,
            String title,
            String pointer,
            @FormatString String template,
            Object... arguments) {
        var detail = phrase(template, arguments);
        var problem = problem(UNPROCESSABLE_CONTENT, name, title, detail);
        problem.setProperty("errors", List.of(new Fault(pointer, detail)));
        return problem;
    }
}
