package holdfast.reservation;

/** Where a reservation stands. */
public enum ReservationStatus {
    /** Held, and not yet confirmed. */
    RESERVED,
    /** An appointment. */
    CONFIRMED,
    /** The customer is there. */
    ARRIVED,
    /** It took place. */
    COMPLETED,
    /** Nobody came. */
    NO_SHOW,
    /** The hold ran out. */
    EXPIRED,
    /** The hold was given back, or its places went to an appointment. */
    RELEASED,
    /** The appointment was called off. */
    CANCELLED
}
