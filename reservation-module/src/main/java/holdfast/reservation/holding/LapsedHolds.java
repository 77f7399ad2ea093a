package holdfast.reservation.holding;

import holdfast.scheduling.ReservationId;

import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Records that holds ended whose places were given back, in the transaction that did so. Where a
 * new claim takes them over, the log says that they were free before it says that they are given
 * again.
 */
@Component
class LapsedHolds {

    private final ObjectProvider<Repository<Reservation>> reservations;
    private final Dossiers dossiers;

    LapsedHolds(
            @Qualifier("reservationRepository")
                    ObjectProvider<Repository<Reservation>> reservations,
            Dossiers dossiers) {
        this.reservations = reservations;
        this.dossiers = dossiers;
    }

    void expire(ReservationId reservation) {
        reservations
                .getObject()
                .load(reservation.toString())
                .execute(lapsed -> lapsed.lapse(dossiers));
    }
}
