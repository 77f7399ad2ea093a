package holdfast.reservation.holding;

import static holdfast.reservation.ReservationStatus.CANCELLED;
import static holdfast.reservation.ReservationStatus.CONFIRMED;
import static holdfast.reservation.ReservationStatus.EXPIRED;
import static holdfast.reservation.ReservationStatus.RELEASED;
import static holdfast.reservation.ReservationStatus.RESERVED;

import static org.axonframework.modelling.command.AggregateCreationPolicy.ALWAYS;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand.Cancel;
import holdfast.reservation.ReservationCommand.Confirm;
import holdfast.reservation.ReservationCommand.Extend;
import holdfast.reservation.ReservationCommand.Release;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.reservation.ReservationEvent.Cancelled;
import holdfast.reservation.ReservationEvent.Confirmed;
import holdfast.reservation.ReservationEvent.Expired;
import holdfast.reservation.ReservationEvent.HoldExtended;
import holdfast.reservation.ReservationEvent.Released;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.reservation.ReservationRefusal.AlreadyConfirmed;
import holdfast.reservation.ReservationRefusal.CancelDeadlinePassed;
import holdfast.reservation.ReservationRefusal.ConfirmedWithOtherDetails;
import holdfast.reservation.ReservationRefusal.ExtensionsUsedUp;
import holdfast.reservation.ReservationRefusal.HoldLapsed;
import holdfast.reservation.ReservationRefusal.NotAnAppointment;
import holdfast.reservation.ReservationRefusal.NotOnHold;
import holdfast.reservation.ReservationRefusal.UnknownReservation;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.ReservationId;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;

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

    /** For Axon, which folds the events into it. */
    @SuppressWarnings("NullAway.Init")
    Reservation() {}

    @CommandHandler
    @CreationPolicy(ALWAYS)
    RegisterEntry handle(Reserve command, Placement placement, Dossiers dossiers) {
        var placed = placement.place(command); // refuses before anything is said
        apply(
                new Reserved(
                        command.tenant(),
                        command.reservation(),
                        command.wish().branch(),
                        command.wish().services(),
                        placed.visit(),
                        placed.busy(),
                        placed.claims(),
                        placed.chosenBy(),
                        dossiers.sealNotes(command),
                        placed.expiresAt()));
        return entry();
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
        apply(
                new Confirmed(
                        tenant(),
                        id,
                        reserved.branch(),
                        dossier.customer(),
                        dossier.details(),
                        dossier.fingerprint()));
        return entry();
    }

    @CommandHandler
    void handle(Release command, Dossiers dossiers, CapacityLedger ledger, Clock clock) {
        check(command.tenant());
        if (status == CONFIRMED) {
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
        switch (status) {
            case CANCELLED -> {
                return; // the same request, sent again
            }
            case RESERVED -> throw new Refused(new UnknownReservation(id.toString()));
            case EXPIRED, RELEASED -> throw new Refused(new NotAnAppointment(id, status));
            case CONFIRMED -> {}
        }
        var before = holds.cancelDeadline(tenant());
        var until = reserved.visit().start().minus(before);
        if (!command.askedAt().isBefore(until)) {
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

    private void mustBeOnHold(Instant now) {
        if (status == EXPIRED || (status == RESERVED && !now.isBefore(expiresAt))) {
            throw new Refused(new HoldLapsed(id, expiresAt));
        }
        if (status != RESERVED) {
            throw new Refused(new NotOnHold(id, status));
        }
    }
}
