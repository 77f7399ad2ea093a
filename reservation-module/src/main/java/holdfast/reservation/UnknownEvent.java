package holdfast.reservation;

/** The log has an event that this version cannot read: probably a newer one wrote it. */
public final class UnknownEvent extends RuntimeException {

    public UnknownEvent(String what) {
        super(what);
    }
}
