package holdfast.reservation.holding;

import static holdfast.reservation.ReservationStatus.ARRIVED;
import static holdfast.reservation.ReservationStatus.CANCELLED;
import static holdfast.reservation.ReservationStatus.COMPLETED;
import static holdfast.reservation.ReservationStatus.CONFIRMED;
import static holdfast.reservation.ReservationStatus.EXPIRED;
import static holdfast.reservation.ReservationStatus.NO_SHOW;
import static holdfast.reservation.ReservationStatus.RELEASED;
import static holdfast.reservation.ReservationStatus.RESERVED;
import static holdfast.scheduling.Audience.PUBLIC;
import static holdfast.scheduling.Audience.STAFF;

import static org.axonframework.modelling.command.AggregateCreationPolicy.ALWAYS;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import static java.util.stream.Collectors.toSet;

import holdfast.catalogue.Refused;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.Sealed;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand.Arrive;
import holdfast.reservation.ReservationCommand.Book;
import holdfast.reservation.ReservationCommand.Cancel;
import holdfast.reservation.ReservationCommand.ChangeCustomer;
import holdfast.reservation.ReservationCommand.Complete;
import holdfast.reservation.ReservationCommand.Confirm;
import holdfast.reservation.ReservationCommand.Extend;
import holdfast.reservation.ReservationCommand.Miss;
import holdfast.reservation.ReservationCommand.Release;
import holdfast.reservation.ReservationCommand.Reschedule;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.reservation.ReservationEvent.Arrived;
import holdfast.reservation.ReservationEvent.Cancelled;
import holdfast.reservation.ReservationEvent.Completed;
import holdfast.reservation.ReservationEvent.Confirmed;
import holdfast.reservation.ReservationEvent.CustomerChanged;
import holdfast.reservation.ReservationEvent.Expired;
import holdfast.reservation.ReservationEvent.HandedOver;
import holdfast.reservation.ReservationEvent.HoldExtended;
import holdfast.reservation.ReservationEvent.Missed;
import holdfast.reservation.ReservationEvent.Released;
import holdfast.reservation.ReservationEvent.Rescheduled;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.reservation.ReservationRefusal.AlreadyConfirmed;
import holdfast.reservation.ReservationRefusal.CancelDeadlinePassed;
import holdfast.reservation.ReservationRefusal.ConfirmedWithOtherDetails;
import holdfast.reservation.ReservationRefusal.ExtensionsUsedUp;
import holdfast.reservation.ReservationRefusal.HoldLapsed;
import holdfast.reservation.ReservationRefusal.NotAnAppointment;
import holdfast.reservation.ReservationRefusal.NotBegun;
import holdfast.reservation.ReservationRefusal.NotOnHold;
import holdfast.reservation.ReservationRefusal.OtherServices;
import holdfast.reservation.ReservationRefusal.OutOfOrder;
import holdfast.reservation.ReservationRefusal.RescheduleDeadlinePassed;
import holdfast.reservation.ReservationRefusal.UnknownHold;
import holdfast.reservation.ReservationRefusal.UnknownReservation;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One visit from its hold to its end.
 *
 * <p>Whether there is room is not known here but in the {@link CapacityLedger}, which is written in
 * the same transaction and before the event is applied.
 */
@Aggregate(type = "Reservation") // stored with every event
class Reservation {

    @AggregateIdentifier private ReservationId id;
    private Reserved reserved;
    private ReservationStatus status;
    private Instant expiresAt;
    private int extensions;
    private @Nullable Confirmed confirmed;
    private @Nullable Rescheduled moved;

    /** For Axon, which folds the events into it. */
    @SuppressWarnings("NullAway.Init")
    Reservation() {}

    @CommandHandler
    @CreationPolicy(ALWAYS)
    RegisterEntry handle(Reserve command, Placement placement, Dossiers dossiers) {
        var placed =
                placement.place(command, command.audience()); // refuses before anything is said
        apply(reserved(command, placed, dossiers.sealNotes(command)));
        return entry();
    }

    @CommandHandler
    @CreationPolicy(ALWAYS)
    RegisterEntry handle(
            Book command,
            Questionnaire questionnaire,
            Placement placement,
            Dossiers dossiers,
            CapacityLedger ledger,
            Clock clock) {
        questionnaire.checkPerson(command.tenant(), command.details());
        var now = clock.instant();
        var placed = placement.place(command.visit(), STAFF);
        ledger.keep(command.reservation(), now);
        var dossier = dossiers.open(command.tenant(), command.details(), command.visit().notes());
        apply(reserved(command.visit(), placed, null));
        apply(confirmed(dossier));
        return entry();
    }

    private static Reserved reserved(
            Reserve command, Placement.Placed placed, @Nullable Sealed notes) {
        return new Reserved(
                command.tenant(),
                command.reservation(),
                command.wish().branch(),
                command.wish().services(),
                placed.visit(),
                placed.busy(),
                placed.claims(),
                placed.chosenBy(),
                notes,
                placed.expiresAt());
    }

    private Confirmed confirmed(Dossiers.Dossier dossier) {
        return new Confirmed(
                tenant(),
                id,
                reserved.branch(),
                dossier.customer(),
                dossier.details(),
                dossier.fingerprint());
    }

    @CommandHandler
    RegisterEntry handle(Extend command, HoldPolicy holds, CapacityLedger ledger, Clock clock) {
        check(command.tenant());
        var now = clock.instant();
        mustBeOnHold(now);
        if (extensions >= holds.extensions(tenant())) {
            throw new Refused(new ExtensionsUsedUp(id, holds.extensions(tenant())));
        }
        var until = holds.expiryOf(tenant(), now);
        ledger.prolong(id, now, until);
        apply(new HoldExtended(tenant(), id, reserved.branch(), until));
        return entry();
    }

    @CommandHandler
    RegisterEntry handle(
            Confirm command,
            Questionnaire questionnaire,
            Dossiers dossiers,
            CapacityLedger ledger,
            Clock clock) {
        check(command.tenant());
        if (status == CONFIRMED && confirmed != null) {
            if (!dossiers.tellsTheSame(
                    tenant(), command.details(), confirmed.customer(), confirmed.fingerprint())) {
                throw new Refused(new ConfirmedWithOtherDetails(id));
            }
            return entry(); // the same request, sent again
        }
        var now = clock.instant();
        mustBeOnHold(now);
        questionnaire.check(tenant(), reserved.services(), command.details());
        ledger.keep(id, now);
        var dossier = dossiers.open(tenant(), id, command.details(), reserved.notes());
        apply(confirmed(dossier));
        return entry();
    }

    @CommandHandler
    void handle(Release command, Dossiers dossiers, CapacityLedger ledger, Clock clock) {
        check(command.tenant());
        if (confirmed != null && status != CANCELLED) {
            throw new Refused(new AlreadyConfirmed(id));
        }
        if (status != RESERVED || !clock.instant().isBefore(expiresAt)) {
            return; // it holds nothing any more, which is what was asked for
        }
        ledger.giveBack(id);
        dossiers.forgetNotes(tenant(), id, reserved.notes());
        apply(new Released(tenant(), id, reserved.branch()));
    }

    @CommandHandler
    void handle(Cancel command, HoldPolicy holds, Dossiers dossiers, CapacityLedger ledger) {
        check(command.tenant());
        if (status == CANCELLED) {
            return; // the same request, sent again
        }
        mustBeAnAppointment();
        var before = holds.cancelDeadline(tenant());
        var until = reserved.visit().start().minus(before);
        if (command.audience() == PUBLIC && !command.askedAt().isBefore(until)) {
            throw new Refused(new CancelDeadlinePassed(id, until, before));
        }
        ledger.giveBack(id);
        apply(
                new Cancelled(
                        tenant(),
                        id,
                        reserved.branch(),
                        dossiers.sealReason(tenant(), customer(), command.reason()),
                        command.askedAt()));
    }

    @CommandHandler
    RegisterEntry handle(Reschedule command, HoldPolicy holds, Handover handover) {
        check(command.tenant());
        mustBeAnAppointment();
        if (moved != null && moved.hold().equals(command.hold())) {
            return entry(); // the same request, sent again
        }
        var until = reserved.visit().start().minus(holds.cancelDeadline(tenant()));
        if (command.audience() == PUBLIC && !command.askedAt().isBefore(until)) {
            throw new Refused(new RescheduleDeadlinePassed(id, until));
        }
        var hold = handover.take(command, reserved.services());
        apply(
                new Rescheduled(
                        tenant(),
                        id,
                        hold.branch(),
                        hold.services(),
                        hold.visit(),
                        hold.busy(),
                        hold.claims(),
                        hold.chosenBy(),
                        command.hold(),
                        command.askedAt()));
        return entry();
    }

    @CommandHandler
    void handle(ChangeCustomer command, Questionnaire questionnaire, Dossiers dossiers) {
        check(command.tenant());
        var known = mustBeAnAppointment();
        questionnaire.checkPerson(tenant(), command.details());
        var dossier =
                dossiers.change(
                        tenant(),
                        command.details(),
                        known.customer(),
                        known.details(),
                        known.fingerprint());
        if (dossier == null) {
            return; // the same request, sent again
        }
        apply(
                new CustomerChanged(
                        tenant(),
                        id,
                        reserved.branch(),
                        dossier.customer(),
                        dossier.details(),
                        dossier.fingerprint()));
    }

    @CommandHandler
    RegisterEntry handle(Arrive command) {
        check(command.tenant());
        if (status != ARRIVED) {
            mustBe(CONFIRMED);
            apply(new Arrived(tenant(), id, reserved.branch()));
        }
        return entry();
    }

    @CommandHandler
    RegisterEntry handle(Complete command) {
        check(command.tenant());
        if (status != COMPLETED) {
            mustBe(ARRIVED);
            apply(new Completed(tenant(), id, reserved.branch()));
        }
        return entry();
    }

    @CommandHandler
    RegisterEntry handle(Miss command, Clock clock) {
        check(command.tenant());
        if (status != NO_SHOW) {
            mustBe(CONFIRMED);
            if (clock.instant().isBefore(reserved.visit().start())) {
                throw new Refused(new NotBegun(id, reserved.visit().start()));
            }
            apply(new Missed(tenant(), id, reserved.branch()));
        }
        return entry();
    }

    /**
     * Ends the hold, whose places go to an appointment, and says what they are.
     *
     * @param services those of the appointment; how many of each is the hold's to say
     */
    Reserved handOver(
            Reschedule command,
            List<ServiceCount> services,
            CapacityLedger ledger,
            Dossiers dossiers,
            Instant now) {
        if (!tenant().equals(command.tenant())) {
            throw new Refused(new UnknownHold(id.toString()));
        }
        mustBeOnHold(now);
        if (!idsOf(services).equals(idsOf(reserved.services()))) {
            throw new Refused(new OtherServices(id));
        }
        ledger.handOver(id, command.reservation(), now);
        dossiers.forgetNotes(tenant(), id, reserved.notes());
        apply(new HandedOver(tenant(), id, reserved.branch(), command.reservation()));
        return reserved;
    }

    private static Set<ServiceId> idsOf(List<ServiceCount> services) {
        return services.stream().map(ServiceCount::service).collect(toSet());
    }

    /** Records that the hold ended, once its places are given back. */
    void lapse(Dossiers dossiers) {
        if (status == RESERVED) {
            dossiers.forgetNotes(tenant(), id, reserved.notes());
            apply(new Expired(tenant(), id, reserved.branch(), expiresAt));
        }
    }

    @EventSourcingHandler
    void on(Reserved event) {
        id = event.reservation();
        reserved = event;
        status = RESERVED;
        expiresAt = event.expiresAt();
    }

    @EventSourcingHandler
    void on(HoldExtended event) {
        expiresAt = event.expiresAt();
        extensions++;
    }

    @EventSourcingHandler
    void on(Confirmed event) {
        status = CONFIRMED;
        confirmed = event;
    }

    /** As if it had been reserved so. */
    @EventSourcingHandler
    void on(Rescheduled event) {
        moved = event;
        reserved =
                new Reserved(
                        tenant(),
                        id,
                        event.branch(),
                        event.services(),
                        event.visit(),
                        event.busy(),
                        event.claims(),
                        event.chosenBy(),
                        reserved.notes(),
                        reserved.expiresAt());
    }

    /** As if it had been confirmed so. */
    @EventSourcingHandler
    void on(CustomerChanged event) {
        confirmed =
                new Confirmed(
                        tenant(),
                        id,
                        event.branch(),
                        event.customer(),
                        event.details(),
                        event.fingerprint());
    }

    @EventSourcingHandler
    void on(HandedOver event) {
        status = RELEASED;
    }

    @EventSourcingHandler
    void on(Arrived event) {
        status = ARRIVED;
    }

    @EventSourcingHandler
    void on(Completed event) {
        status = COMPLETED;
    }

    @EventSourcingHandler
    void on(Missed event) {
        status = NO_SHOW;
    }

    @EventSourcingHandler
    void on(Expired event) {
        status = EXPIRED;
    }

    @EventSourcingHandler
    void on(Released event) {
        status = RELEASED;
    }

    @EventSourcingHandler
    void on(Cancelled event) {
        status = CANCELLED;
    }

    /** What the register will say once the transaction is done, so that nobody need read it. */
    private RegisterEntry entry() {
        return new RegisterEntry(
                tenant(),
                id,
                reserved.branch(),
                status,
                reserved.visit(),
                expiresAt,
                reserved.services(),
                reserved.claims(),
                reserved.chosenBy(),
                status == RESERVED ? reserved.notes() : null,
                customer(),
                confirmed == null ? null : confirmed.details());
    }

    private TenantId tenant() {
        return reserved.tenant();
    }

    private @Nullable CustomerId customer() {
        return confirmed == null ? null : confirmed.customer();
    }

    /** Another tenant's reservation is as unknown as one that never was. */
    private void check(TenantId caller) {
        if (!tenant().equals(caller)) {
            throw new Refused(new UnknownReservation(id.toString()));
        }
    }

    private Confirmed mustBeAnAppointment() {
        if (status == RESERVED) {
            throw new Refused(new UnknownReservation(id.toString()));
        }
        if (status != CONFIRMED || confirmed == null) {
            throw new Refused(new NotAnAppointment(id, status));
        }
        return confirmed;
    }

    /** What the desk notes has an order. */
    private void mustBe(ReservationStatus wanted) {
        if (confirmed == null) {
            throw new Refused(new UnknownReservation(id.toString()));
        }
        if (status != wanted) {
            throw new Refused(new OutOfOrder(id, status));
        }
    }

    private void mustBeOnHold(Instant now) {
        if (status == EXPIRED || (status == RESERVED && !now.isBefore(expiresAt))) {
            throw new Refused(new HoldLapsed(id, expiresAt));
        }
        if (status != RESERVED) {
            throw new Refused(new NotOnHold(id, status));
        }
    }
}
