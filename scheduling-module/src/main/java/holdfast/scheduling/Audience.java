package holdfast.scheduling;

/** Who asks for a visit, and so which rules may be passed. Capacity never may. */
public enum Audience {
    /** Everybody: only services that are bookable online, with notice, within the horizon. */
    PUBLIC,
    /**
     * The desk: also services that are not bookable online, without notice and beyond the horizon,
     * though neither in the past nor more than ten years ahead.
     */
    STAFF
}
