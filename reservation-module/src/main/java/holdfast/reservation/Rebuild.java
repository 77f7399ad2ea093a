package holdfast.reservation;

import holdfast.reservation.rebuild.TablesFromLog;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

/**
 * Makes the register and the capacity ledger anew from the log, beside the living ones, and puts
 * them in their place.
 *
 * <p>Bookings go on meanwhile; they wait only while the new tables catch up with the last events
 * and change names. If it is cut off, the old tables are as they were, and it may be run again. One
 * at a time. Needs four connections, and room on disk for both tables once more.
 */
public interface Rebuild {

    /**
     * @param compare whether the old tables are read, too, to say where they differed
     */
    static Rebuild of(DataSource database, boolean compare) {
        return new TablesFromLog(database, compare);
    }

    /**
     * @throws SQLException if the database does not answer, or others would not let go of the
     *     tables
     * @throws UnknownEvent if the log has an event that this version does not know
     * @throws IllegalStateException if another one is running
     */
    Result run(Progress progress) throws SQLException;

    /**
     * @param events of reservations, those that came meanwhile included
     * @param rows rows of the new register
     * @param claims rows of the new ledger
     * @param differences how many there were between the old tables and the log; 0 if nobody
     *     compared
     * @param named the first of them
     * @param read how long reading the log and writing the rows took
     * @param took from the beginning to the end
     * @param blocked how long bookings had to wait
     */
    record Result(
            long events,
            long rows,
            long claims,
            long differences,
            List<Difference> named,
            Duration read,
            Duration took,
            Duration blocked) {}
}
