package holdfast.reservation.holding;

import static holdfast.reservation.ReservationStatus.CANCELLED;
import static holdfast.reservation.ReservationStatus.CONFIRMED;
import static holdfast.reservation.ReservationStatus.EXPIRED;
import static holdfast.reservation.ReservationStatus.RELEASED;
import static holdfast.reservation.ReservationStatus.RESERVED;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.customer.CustomerId;
import holdfast.customer.Sealed;
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
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
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

    /** Stored with each deadline; renaming it would orphan those that wait. */
    static final String HOLD_EXPIRY = "hold-expiry";

    @AggregateIdentifier private ReservationId id;
    private TenantId tenant;
    private BranchId branch;
    private ReservationStatus status;
    private Instant start;
    private @Nullable Sealed notes;
    private Instant expiresAt;
    private String expiryDeadline;
    private int extensions;
    private @Nullable CustomerId customer;
    private String fingerprint;

    /** For Axon, which folds the events into it. */
    @SuppressWarnings("NullAway.Init")
    Reservation() {}

    @CommandHandler
    @SuppressWarnings("NullAway.Init")
    Reservation(
            Reserve command, Placement placement, Dossiers dossiers, DeadlineManager deadlines) {
        var placed = placement.place(command); // refuses before anything is said or scheduled
        var deadline = deadlines.schedule(placed.expiresAt(), HOLD_EXPIRY, command.reservation());
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
                        placed.expiresAt(),
                        deadline));
    }

    @CommandHandler
    void handle(
            Extend command,
            HoldPolicy holds,
            CapacityLedger ledger,
            Clock clock,
            DeadlineManager deadlines) {
        check(command.tenant());
        var now = clock.instant();
        mustBeOnHold(now);
        if (extensions >= holds.extensions(tenant)) {
            throw new Refused(new ExtensionsUsedUp(id, holds.extensions(tenant)));
        }
        var until = holds.expiryOf(tenant, now);
        if (!ledger.prolong(id, now, until)) {
            throw new Refused(new HoldLapsed(id, expiresAt));
        }
        deadlines.cancelSchedule(HOLD_EXPIRY, expiryDeadline);
        var deadline = deadlines.schedule(until, HOLD_EXPIRY, id);
        apply(new HoldExtended(tenant, id, branch, until, deadline));
    }

    @CommandHandler
    void handle(
            Confirm command,
            Dossiers dossiers,
            CapacityLedger ledger,
            Clock clock,
            DeadlineManager deadlines) {
        check(command.tenant());
        if (status == CONFIRMED) {
            if (!dossiers.tellsTheSame(tenant, command.details(), customer, fingerprint)) {
                throw new Refused(new ConfirmedWithOtherDetails(id));
            }
            return; // the same request, sent again
        }
        var now = clock.instant();
        mustBeOnHold(now);
        if (!ledger.keep(id, now)) {
            throw new Refused(new HoldLapsed(id, expiresAt));
        }
        var dossier = dossiers.open(tenant, id, command.details(), notes);
        deadlines.cancelSchedule(HOLD_EXPIRY, expiryDeadline);
        apply(
                new Confirmed(
                        tenant,
                        id,
                        branch,
                        dossier.customer(),
                        dossier.details(),
                        dossier.fingerprint()));
    }

    @CommandHandler
    void handle(
            Release command,
            Dossiers dossiers,
            CapacityLedger ledger,
            Clock clock,
            DeadlineManager deadlines) {
        check(command.tenant());
        if (status == CONFIRMED) {
            throw new Refused(new AlreadyConfirmed(id));
        }
        if (status != RESERVED || !clock.instant().isBefore(expiresAt)) {
            return; // it holds nothing any more, which is what was asked for
        }
        ledger.giveBack(id);
        dossiers.forgetNotes(tenant, id, notes);
        deadlines.cancelSchedule(HOLD_EXPIRY, expiryDeadline);
        apply(new Released(tenant, id, branch));
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
        var before = holds.cancelDeadline(tenant);
        var until = start.minus(before);
        if (!command.askedAt().isBefore(until)) {
            throw new Refused(new CancelDeadlinePassed(id, until, before));
        }
        ledger.giveBack(id);
        apply(
                new Cancelled(
                        tenant,
                        id,
                        branch,
                        dossiers.sealReason(tenant, customer, command.reason()),
                        command.askedAt()));
    }

    // A deadline may fire late or twice. It only tidies up: what decides is the expiresAt of the
    // event. Its first parameter is the payload; with a resource in that place Axon would silently
    // never call it.
    @DeadlineHandler(deadlineName = HOLD_EXPIRY)
    void expire(ReservationId reservation, CapacityLedger ledger, Dossiers dossiers, Clock clock) {
        if (status == RESERVED && !clock.instant().isBefore(expiresAt)) {
            ledger.giveBack(id);
            lapse(dossiers);
        }
    }

    /** Records that the hold ended, once its places are given back. */
    void lapse(Dossiers dossiers) {
        if (status == RESERVED) {
            dossiers.forgetNotes(tenant, id, notes);
            apply(new Expired(tenant, id, branch, expiresAt));
        }
    }

    @EventSourcingHandler
    void on(Reserved event) {
        tenant = event.tenant();
        id = event.reservation();
        branch = event.branch();
        status = RESERVED;
        start = event.visit().start();
        notes = event.notes();
        expiresAt = event.expiresAt();
        expiryDeadline = event.expiryDeadline();
    }

    @EventSourcingHandler
    void on(HoldExtended event) {
        expiresAt = event.expiresAt();
        expiryDeadline = event.expiryDeadline();
        extensions++;
    }

    @EventSourcingHandler
    void on(Confirmed event) {
        status = CONFIRMED;
        customer = event.customer();
        fingerprint = event.fingerprint();
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

    /** Another tenant's reservation is as unknown as one that never was. */
    private void check(TenantId caller) {
        if (!tenant.equals(caller)) {
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
