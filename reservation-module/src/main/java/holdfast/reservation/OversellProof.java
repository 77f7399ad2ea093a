package holdfast.reservation;

import holdfast.catalogue.TenantId;
import holdfast.reservation.rebuild.FoldedOccupancy;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

/**
 * Shows from the log alone that no place was ever given twice. Neither the ledger nor any other
 * table is asked.
 *
 * <p>Reads only, from one moment of the database, so it may run beside a live system. Needs one
 * connection and the memory of the claims to come.
 */
public interface OversellProof {

    /**
     * @param tenant whose log is looked at; null: the whole
     */
    static OversellProof of(DataSource database, @Nullable TenantId tenant) {
        return new FoldedOccupancy(database, tenant);
    }

    /**
     * @throws SQLException if the database does not answer, or has no such log
     * @throws UnknownEvent if the log has an event that this version does not know
     */
    Result run(Progress progress) throws SQLException;

    /**
     * The most that was ever taken of a pool without names or of a named resource at one instant.
     *
     * @param places the id of the pool or resource
     * @param capacity how many places there were when the peak was reached
     * @param at the instant of the visit at which so many are taken, not that of booking
     */
    record PeakUse(String tenant, String places, int capacity, int peak, Instant at) {}

    /**
     * @param events of reservations
     * @param peaks of all pools and resources that were ever claimed
     * @param differences how many claims exceed what there was, and events that break the order or
     *     the rules of their stream
     * @param named the first of them
     */
    record Result(
            long events,
            long reservations,
            List<PeakUse> peaks,
            long differences,
            List<Difference> named,
            Duration took) {

        public boolean holds() {
            return differences == 0;
        }
    }
}
