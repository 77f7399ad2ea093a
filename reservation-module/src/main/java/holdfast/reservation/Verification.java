package holdfast.reservation;

import holdfast.reservation.rebuild.LogVerification;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

/**
 * Compares the register and the capacity ledger with what the log adds up to, and the log with the
 * rules of a reservation's life.
 *
 * <p>Reads only, from one moment of the database, so it may run beside a live system. Needs two
 * connections and the memory of the claims to come.
 */
public interface Verification {

    /** How many differences are named; the rest is counted. */
    int NAMED = 20;

    /**
     * @param lateAfter how long after its end a hold may wait to be recorded as expired while the
     *     application runs; not negative
     */
    static Verification of(DataSource database, Duration lateAfter) {
        return new LogVerification(database, lateAfter);
    }

    /**
     * @throws SQLException if the database does not answer, or has not these tables
     * @throws UnknownEvent if the log has an event that this version does not know
     */
    Result run(Progress progress) throws SQLException;

    /**
     * @param events of reservations
     * @param claims rows of the ledger
     * @param rows rows of the register
     * @param differences how many there are in all
     * @param named the first of them
     * @param took from the beginning to the end
     */
    record Result(
            long events,
            long reservations,
            long rows,
            long claims,
            long differences,
            List<Difference> named,
            Duration took) {

        public boolean isEqual() {
            return differences == 0;
        }
    }
}
