package holdfast.scheduling;

/** Who is where, as far as the asker knows: the read model's picture, or the ledger's own rows. */
@FunctionalInterface
public interface Occupancy {

    /** Nobody is anywhere. */
    Occupancy NONE = places -> BusyTimes.NONE;

    /** {@link BusyTimes#NONE} if nothing is known of these places. */
    BusyTimes of(PlacesId places);
}
