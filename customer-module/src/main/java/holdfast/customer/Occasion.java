package holdfast.customer;

/** On which occasion somebody was shown personal data. Stored by name: names never change. */
public enum Occasion {
    /** One appointment was read. */
    APPOINTMENT,
    /** A customer's appointments were looked for by the customer's identifier. */
    SEARCH,
    /** A day's appointments at a branch were listed. */
    DAY_LIST,
    /** What happened to a reservation was read by an auditor. */
    HISTORY,
    /** All that is kept of a person was read. */
    EXPORT
}
