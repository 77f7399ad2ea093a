package holdfast.reservation.holding;

import holdfast.catalogue.Refused;
import holdfast.reservation.ReservationCommand.Reschedule;
import holdfast.reservation.ReservationEvent.Reserved;
import holdfast.reservation.ReservationRefusal.UnknownHold;
import holdfast.scheduling.CapacityLedger;
import holdfast.scheduling.ServiceCount;

import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.util.List;

/**
 * Ends a hold in favour of an appointment, in the transaction of the command that moves the
 * appointment: the log says that the hold's places are free before it says that they are given
 * again, and nobody can come in between.
 */
@Component
class Handover {

    private final ObjectProvider<Repository<Reservation>> reservations;
    private final Dossiers dossiers;
    private final CapacityLedger ledger;
    private final Clock clock;

    Handover(
            @Qualifier("reservationRepository")
                    ObjectProvider<Repository<Reservation>> reservations,
            Dossiers dossiers,
            CapacityLedger ledger,
            Clock clock) {
        this.reservations = reservations;
        this.dossiers = dossiers;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What the hold was given.
     *
     * @param services those of the appointment
     * @throws Refused if there is no such hold, or none in force, or it is for other services
     */
    Reserved take(Reschedule command, List<ServiceCount> services) {
        try {
            return reservations
                    .getObject()
                    .load(command.hold().toString())
                    .invoke(
                            hold ->
                                    hold.handOver(
                                            command, services, ledger, dossiers, clock.instant()));
        } catch (AggregateNotFoundException unknown) {
            throw new Refused(new UnknownHold(command.hold().toString()));
        }
    }
}
