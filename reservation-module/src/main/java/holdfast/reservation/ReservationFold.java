package holdfast.reservation;

import holdfast.reservation.rebuild.FoldedLife;
import holdfast.scheduling.ReservationId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/** One reservation while its events are added, one after the other. Not thread-safe. */
public interface ReservationFold {

    /** Of which nothing is known yet. */
    static ReservationFold of(ReservationId reservation) {
        return new FoldedLife(reservation);
    }

    /**
     * Adds the next event.
     *
     * @param name the stored name
     * @param payload JSON
     * @throws UnknownEvent if it is none of a reservation, or of another revision than today's
     */
    void add(String name, @Nullable String revision, byte[] payload);

    /**
     * What the register would show after the events so far; empty as long as nothing was reserved.
     *
     * @param at when the register is asked: from its {@code expiresAt} on, a hold is EXPIRED
     */
    Optional<RegisterEntry> state(Instant at);
}
