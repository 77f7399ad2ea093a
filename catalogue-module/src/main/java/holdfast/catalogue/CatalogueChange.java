package holdfast.catalogue;

/** One thing in which a catalogue differs from what it was. */
public record CatalogueChange(CatalogueKind kind, String id, How change) {

    /** In which way it differs. */
    public enum How {
        ADDED,
        CHANGED,
        REMOVED,
        /** It says the same as before and stands at another place among its kind. */
        MOVED
    }
}
