package holdfast.reservation;

/** Where a reservation stands. */
public enum ReservationStatus {
    /** Held, and not yet confirmed. */
    RESERVED,
    /** An appointment. */
    CONFIRMED,
    /** The hold ran out. */
    EXPIRED,
    /** The hold was given back. */
    RELEASED,
    /** The appointment was called off. */
    CANCELLED
}
