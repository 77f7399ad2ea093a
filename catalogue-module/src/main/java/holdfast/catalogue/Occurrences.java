package holdfast.catalogue;

/** What the second and every further occurrence of a service in a visit asks for. */
public enum Occurrences {
    /** More time on the same place. */
    EXTEND,
    /** A further place at the same time. */
    PARALLEL
}
